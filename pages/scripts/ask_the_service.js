export default function () {
  location.assign("/oidc/login?to=" + encodeURIComponent(location.pathname + location.search));
}
