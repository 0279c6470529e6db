export default function ({ data }) {
  location.replace(data.to);
}
