"""How forms look, beyond the theme: what questions, answers, sections and problems look like. No words, no logic."""

import streamlit as st

_STYLE = """
<style>
.stMainBlockContainer { max-width: 1180px; }
.intro { max-width: 42rem; }
.opening { border-left: 4px solid #1d4f78; padding: .25rem 0 .25rem 1rem; max-width: 46rem; }
.opening p { margin: .25rem 0; }
.opening p:first-child { font-weight: 600; }
h2.section-title { padding: 0 0 .5rem; margin: 0; scroll-margin-top: 4rem; }
h2.section-title:focus { outline: none; }

[class*="st-key-questions"] { max-width: 46rem; row-gap: 1.5rem; }
.rows p:first-child { font-size: 1.125rem; }
.stHtml:has(> .has-problem) { display: none; }
[class*="st-key-questions"] :is(.stElementContainer, .stLayoutWrapper, .stVerticalBlock):has(+ * > .stHtml > .has-problem) {
  border-left: 4px solid #b42318; padding-left: 1rem; }
[class*="st-key-questions"] :is(.stElementContainer, .stLayoutWrapper):has(+ * > .stHtml > .has-problem)
  :is([data-testid="stWidgetLabel"]:has(p + p), .legend, .rows) p:last-child { color: #b42318; font-weight: 600; }
[class*="st-key-question_"] { padding-bottom: .25rem; }
/* What belongs to a question stands close beneath it. */
[class*="st-key-questions"] .stElementContainer[class*="st-key-clear_"], [class*="st-key-questions"] .stLayoutWrapper:has(> .stExpander) {
  margin-top: -1rem; }
[class*="st-key-clear_"] button, [class*="st-key-take_out_"] button { min-height: 24px; padding: 0; font-size: .875rem; text-decoration: underline; }
.not-saved strong, p.saved.not-saved { color: #86190f; }
.whose { color: #57606a; margin: 0; }
ol.versions { list-style: none; margin: 0; padding: 0; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 .5rem; }
ul.guidance { margin: 0; padding-left: 1.25rem; max-width: 44rem; }
ul.guidance li { margin-bottom: .4rem; }
h3.row-name { font-size: 1.125rem; padding: 0; margin: 0; }

/* Saved stays in sight at the foot of the window. */
.stHtml:has(> .saved) { position: sticky; bottom: .75rem; z-index: 5; width: fit-content !important;
  margin-left: auto; }
.saved { background: #fff; border: 1px solid #d0d7de; border-radius: 4px; padding: .15rem .75rem; margin: 0; }

.st-key-sections h2, .st-key-counts h2 { font-size: 1.125rem; padding: 0 0 .5rem; margin: 0; }
[class*="st-key-section_"], .here { border-top: 1px solid #e3e7eb; padding: .15rem 0; margin: 0; }
[class*="st-key-section_"] { justify-content: space-between; flex-wrap: nowrap; min-height: 2.25rem; }
[class*="st-key-section_"] > .stElementContainer { flex: 0 1 auto; min-width: 0 !important; width: auto !important; }
[class*="st-key-section_"] .stHtml { flex: none; width: auto; }
.here { display: flex; justify-content: space-between; align-items: center; gap: .5rem; min-height: 2.25rem;
  border-left: 4px solid #1d4f78; padding-left: .75rem; background: #f3f6f9; }
[class*="st-key-go_to_"] button, [class*="st-key-problem_"] button { min-height: 24px; padding: 0; text-align: left;
  justify-content: flex-start; color: #1d4f78; text-decoration: underline; }
[class*="st-key-go_to_"] button p, [class*="st-key-problem_"] button p { text-align: left; white-space: normal; }
h3.part { display: flex; justify-content: space-between; align-items: center; gap: .5rem; font-size: 1.25rem; margin: 0;
  padding: .75rem 0 .25rem; border-bottom: 1px solid #d0d7de; }
h3.part .tag { font-weight: 400; }
.stHtml dl, .stHtml dl div { margin: 0; padding: 0; }
dl.counts div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; border-top: 1px solid #e3e7eb; padding: .2rem 0 !important; }
dl.counts dt { font-weight: 400; }
dl.counts dd { margin: 0 0 0 auto; text-align: right; font-variant-numeric: tabular-nums; }

.st-key-previous_and_next button p { white-space: normal; }

dl.answers div { display: grid; grid-template-columns: minmax(8rem, 2fr) 3fr; gap: 1rem;
  border-top: 1px solid #e3e7eb; padding: .4rem 0 !important; }
dl.answers dt { font-weight: 600; overflow-wrap: anywhere; }
dl.answers dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.read-back h3 { font-size: 1rem; padding: .75rem 0 0; }
.read-back h4 { font-size: 1rem; font-weight: 400; color: #57606a; padding: .5rem 0 .25rem; }
.read-back summary { min-height: 24px; cursor: pointer; color: #1d4f78; }
[class*="st-key-read_back_"] { border-bottom: 2px solid #1d4f78; margin-top: 1rem; justify-content: space-between;
  flex-wrap: nowrap; }
[class*="st-key-read_back_"] > .stElementContainer { flex: 0 1 auto; min-width: 0 !important; width: auto !important; }
[class*="st-key-read_back_"] h3 { padding: 0; margin: 0; }
[class*="st-key-read_back_"] > [class*="st-key-change_"] { flex: 0 0 auto; max-width: 55%; }
[class*="st-key-change_"] button p { white-space: normal; text-align: right; }
[class*="st-key-change_"] button { min-height: 24px; padding: 0; text-decoration: underline; color: #1d4f78; }
div.confirmed { border-left: 4px solid #1b6b3a; background: #eef7f1; padding: .5rem 1rem; max-width: 46rem; }
div.confirmed p:first-child { font-weight: 600; }
h2.read-back-title { font-size: 1.25rem; border-bottom: 2px solid #1d4f78; padding: 1rem 0 .25rem; }
@media (max-width: 640px) {
  dl.answers div { grid-template-columns: 1fr; gap: .1rem; }
  .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
}
</style>
"""


def set_up() -> None:
    st.html(_STYLE)
