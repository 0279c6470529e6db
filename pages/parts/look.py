"""How every page looks, beyond the theme in .streamlit/config.toml. A little: the theme does most of it."""

import streamlit as st

from pages.parts import table

# Streamlit leaves six lines of nothing above a page; links and buttons are at least 24 pixels to aim at; what has the
# keyboard's focus says so in two colours, so that it shows on any ground.
_STYLE = """
<style>
.stMainBlockContainer { padding-top: 4.5rem; padding-bottom: 4rem; }
.st-key-signed_in { border-bottom: 1px solid #d0d7de; padding-bottom: 0.25rem; color: #3d444d; }
.st-key-signed_in button { min-height: 24px; text-decoration: underline; }
[class*="st-key-picture"] button { padding: 0; min-height: 28px; justify-content: start; text-align: left; }
[class*="st-key-picture"] button p { color: #1d4f78; text-decoration: underline; }
a:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 3px solid #ffbf47 !important; outline-offset: 0; box-shadow: 0 0 0 5px #1f2328 !important;
}
/* A group's name in the menu is its heading. It folds by mouse only, so it does not fold. */
[data-testid="stNavSectionHeader"] { pointer-events: none; color: #3d444d; }
[data-testid="stNavSectionHeader"] [data-testid="stIconMaterial"] { display: none; }
[data-testid="stTopNavSection"][aria-current] { background: rgba(157, 173, 190, .25); }
[data-testid="stTopNavSection"][aria-current] p { font-weight: 600; }
[data-testid="stExpandSidebarButton"] { width: auto; }
[data-testid="stExpandSidebarButton"]::after { content: "Menu"; padding: 0 .25rem; }
/* The menu lies over the top of the page. */
.st-key-there_is_a_problem, .st-key-what_was_done { scroll-margin-top: 5rem; }
.st-key-there_is_a_problem { border: 4px solid #b42318; padding: 1rem; max-width: 46rem; }
.st-key-there_is_a_problem h2 { font-size: 1.25rem; padding: 0; margin: 0; }
.st-key-there_is_a_problem h2:focus, .st-key-what_was_done:focus { outline: none; }
.st-key-there_is_a_problem [class*="st-key-problem_"] button { color: #b42318; }
.child-heading { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; overflow-wrap: anywhere;
  border-bottom: 2px solid #1d4f78; padding-bottom: .5rem; }
.child-heading strong, .child-heading h1 { font-size: 1.25rem; font-weight: 700; line-height: 1.5; margin: 0; padding: 0; }
/* Beside what is chosen already, Streamlit leaves the field as narrow as its caret. */
.stMultiSelect input { min-width: 24px !important; min-height: 24px !important; }
.tag { display: inline-block; padding: .05rem .5rem; border-radius: 3px; font-size: .875rem; line-height: 1.5;
  white-space: nowrap; background: #eef0f2; color: #3d444d; }
.tag.blue { background: #e2ecf5; color: #173f60; }
.tag.green { background: #e2f1e7; color: #17512d; }
.tag.amber { background: #fdf0d5; color: #6a4300; }
.tag.red { background: #fbe5e2; color: #86190f; }
.quiet, .facts { color: #57606a; }
.facts { overflow-wrap: anywhere; }
/* A control's label: the question, then help, then the problem, each a paragraph. */
.stMain [data-testid="stWidgetLabel"] p, .legend p, .rows p { font-size: 1rem; margin: 0; color: #57606a; white-space: normal; }
.stMain [data-testid="stWidgetLabel"] p:first-child, .legend p:first-child, .rows p:first-child { font-weight: 600;
  color: #1f2328; }
.stMain [data-testid="stRadioOption"] p, .stMain .stCheckbox [data-testid="stWidgetLabel"] p:first-child { font-size: 1rem;
  font-weight: 400; }
.stMain [data-testid="stRadioOption"], .stMain .stCheckbox label { min-height: 28px; align-items: flex-start; }
.stMain [data-testid="stRadioOption"] { padding: .1rem 0; }
.stMain input, .stMain textarea { font-size: 1rem; }
.stMain [data-testid$="RootElement"], .stMain .react-aria-ComboBox > div { background: #fff; }
.stMain :is(.stTextInput, .stTextArea, .stSelectbox, .stMultiSelect, .stFileUploader) { max-width: 46rem; }
.stMain [data-testid="stPageLink"] a { padding: 0; min-height: 28px; background: none; }
.stMain [data-testid="stPageLink"] a p { font-size: 1rem; font-weight: 400; color: #1d4f78; text-decoration: underline; white-space: normal; }
.entry { border-bottom: 1px solid #e3e7eb; }
dl.facts-list { margin: 0; padding: 0; display: grid; row-gap: .35rem; max-width: 46rem; }
dl.facts-list div { display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; column-gap: 1rem; }
dl.facts-list dt { font-weight: 600; } dl.facts-list dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 640px) { dl.facts-list div { grid-template-columns: 1fr; } }
/* Words to look at: said in words, quieter than a problem. */
[class*="st-key-words_"] { border-left: 4px solid #57606a; padding-left: 1rem; max-width: 42rem; }
[class*="st-key-questions"] [class*="st-key-words_"] { margin-top: -1rem; }
.words-to-look-at p { margin: 0 0 .15rem; overflow-wrap: anywhere; }
.words-to-look-at mark { background: none; font-weight: 600; text-decoration: underline; text-underline-offset: 3px;
  color: #1f2328; }
[class*="st-key-words_"] button { min-height: 24px; padding: 0 .5rem; text-align: left; }
[class*="st-key-words_"] button p { font-size: .875rem; white-space: normal; text-align: left; }
.stElementContainer:has(> .stBidiComponent), .stElementContainer:has(> .stHtml) { display: contents; }
.stElementContainer:is(.st-key-menu, .st-key-staying, .st-key-landmarks, .st-key-history, .st-key-presses, .st-key-connection) {
  display: none; }
/* Said by pages/scripts/connection.js. */
.stConnectionStatus { display: none; }
#mace-away:not([hidden]) { position: fixed; z-index: 999990; top: 0; left: 0; right: 0; padding: .75rem 1rem; background: #fff;
  color: #1f2328; border-bottom: 4px solid #b42318; font: 1rem/1.4 "Source Sans", sans-serif; font-weight: 600; }
.saved:has(.on-the-way:not(:empty)) .standing { display: none; }
/* A script of ours shows nothing: in a column it would take all the height that is left. */
.stBidiComponent { position: absolute; height: 0; }
</style>
"""


def name_the_tab(words: str) -> None:
    """What the browser's tab and history call the page: what it shows, and never anybody's name."""
    st.set_page_config(page_title=words)


def set_up(wide: bool, title: str | None = None) -> None:
    st.set_page_config(page_title=title, layout="wide" if wide else "centered")
    st.html(_STYLE)
    st.html(table.STYLE)
