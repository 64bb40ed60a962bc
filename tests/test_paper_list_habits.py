# ruff: noqa: E501 (the fixtures are lines as lists print them)
"""The habits of those who write paper lists: one small invented list each, and what must be read from it."""

import pytest
from paper_list_page import read_like

from review_kit.formats import paper_lists
from review_kit.formats.paper_lists import citations, tails
from review_kit.formats.paper_lists.labels import Label, read_label, starts_with_label
from review_kit.formats.paper_lists.people import read_people
from review_kit.formats.paper_lists.rows import column_role
from review_kit.identifiers import label_kind
from review_kit.names import person_name

P, Q, R = "https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2402.00002", "https://arxiv.org/abs/2403.00003"
C, D = "https://github.com/someone/something", "https://github.com/bodam/ripples"
DOI = "https://doi.org/10.9999/pond.1"
WATER, STONE = "Watering Plants with Large Sprinklers", "StoneSkip: Counting Ripples on Quiet Lakes"
FERN, REED = "Ferns That Grow in the Shade of Old Mills", "Reading Ponds by Ear and Eye"

HABITS = {
    "italics or bold end a plain title": (f"""
- {WATER} **SIGIR 2015** | [[paper]({P})]
- {FERN} *Pattern Lakes 2015* | [[paper]({Q})]
- {STONE} *Ann Lee, Bo Dam* | [[paper]({R})]
""", [dict(title=WATER, venue="SIGIR", year=2015, authors=[]), dict(title=FERN, venue="Pattern Lakes", year=2015),
      dict(title=STONE, authors=["Lee, Ann", "Dam, Bo"], venue=None)]),
    "an italic title before a bold or italic venue": (f"""
- *{WATER}* **MICCAI 2024** | [[paper]({P})]
- *{FERN}* *EMNLP* [[paper]({Q})]
""", [dict(title=WATER, venue="MICCAI", year=2024), dict(title=FERN, venue="EMNLP")]),
    "code ends a plain title": (f"""
- {WATER} `ICML 2019` [[paper]({P})]
- {FERN} `KDD'21` [[paper]({Q})]
""", [dict(title=WATER, venue="ICML", year=2019), dict(title=FERN, venue="KDD", year=2021)]),
    "a label before people": (f"""
- **{WATER}**. ICML 2020, Lee et al. [[paper]({P})]
- **{STONE}**. KDD'21, Ann Lee and Bo Dam [[paper]({Q})]
- **{FERN}**, 2018.09 Ann Lee, Bo Dam [[paper]({R})]
""", [dict(title=WATER, venue="ICML", year=2020, authors=["Lee"], et_al=True),
      dict(title=STONE, venue="KDD", year=2021, authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=FERN, year=2018, month=9, authors=["Lee, Ann", "Dam, Bo"])]),
    "bullets under a number less deep than its text": (f"""
1. {WATER}
  - Ann Lee, Bo Dam
  - [paper]({P})
2. {FERN}
  - Cy Ek, Ann Lee
  - [paper]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P), dict(title=FERN, authors=["Ek, Cy", "Lee, Ann"], url=Q)]),
    "paragraphs under a number less deep than its text": (f"""
1. **{WATER}**

  *Ann Lee, Bo Dam.* [PDF]({P}), *Mathematics of Ponds*, 38(1):153-183, 2012

2. **{FERN}**

  *Cy Ek.* [PDF]({Q}), *Journal of Ponds*, vol. 13, 2000
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P, year=2012, venue="Mathematics of Ponds"),
      dict(title=FERN, authors=["Ek, Cy"], url=Q, year=2000, venue="Journal of Ponds")]),
    "lines that begin with a year are no numbered items": (f"""
2019. *{WATER}* | *Ann Lee and Bo Dam* {P}

2020. *{FERN}* | *Cy Ek and Bo Dam* {Q}
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2019, url=P),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], year=2020, url=Q)]),
    "columns known by the words of their headings": (f"""
| Paper Title | Author(s) | Venue (year) | Code & Weights |
|---|---|---|---|
| {WATER} | Ann Lee, Bo Dam | Pond Letters 2020 | {C} |
| {FERN} | Cy Ek | ICML 2021 | - |
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Pond Letters", year=2020, code_url=C),
      dict(title=FERN, authors=["Ek, Cy"], venue="ICML", year=2021, code_url=None)]),
    "columns with Chinese headings and with slips": (f"""
| 论文名称 | 论文作者 | 发表会议 | 代码地址 |
|---|---|---|---|
| {WATER} | Ann Lee, Bo Dam | Pond Days 2020 | [link]({C}) |

| Title | Auther | Veneue | Link |
|---|---|---|---|
| {FERN} | Cy Ek | Pond Days 2021 | [link]({Q}) |
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Pond Days", year=2020, code_url=C),
      dict(title=FERN, authors=["Ek, Cy"], venue="Pond Days", year=2021, url=Q)]),
    "a column without a known name that holds venue and year": (f"""
| Title | Seen at | Paper |
|---|---|---|
| {WATER} | ICML 2020 | [pdf]({P}) |
| {FERN} | KDD'21 | [pdf]({Q}) |
""", [dict(title=WATER, venue="ICML", year=2020, url=P), dict(title=FERN, venue="KDD", year=2021, url=Q)]),
    "a column of names and a link that is a bare address": (f"""
| Name | Authors | Publication | Date | PDF |
|---|---|---|---|---|
| **{WATER}** | *Ann Lee, Bo Dam* | Interspeech | 2021 | {P} |
| **{FERN}** | *Cy Ek* | Interspeech | 2020 | {Q} |
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Interspeech", year=2021, url=P),
      dict(title=FERN, authors=["Ek, Cy"], venue="Interspeech", year=2020, url=Q)]),
    "rows with only title, venue and year": (f"""
| Title | Venue | Year |
|---|---|---|
| {REED} | ICML | 2020 |
| Ponds Asleep | KDD | 2021 |
""", [dict(title=REED, venue="ICML", year=2020), dict(title="Ponds Asleep", venue="KDD", year=2021)]),
    "a column of year and month in four digits": (f"""
| Date | Title | Paper |
|---|---|---|
| 2308 | {WATER} | [pdf]({P}) |
| 2311 | {FERN} | [pdf]({Q}) |
""", [dict(title=WATER, year=2023, month=8), dict(title=FERN, year=2023, month=11)]),
    "columns of code and project with the same address": (f"""
| Title | Paper | Project | Code |
|---|---|---|---|
| {WATER} | [link]({P}) | [link](https://pond.example/w) | [link](https://pond.example/w) |
| {FERN} | [link]({Q}) | [link](https://pond.example/f) | [link]({C}) |
""", [dict(title=WATER, url=P, code_url="https://pond.example/w"),
      dict(title=FERN, url=Q, code_url=C, project_url="https://pond.example/f")]),
    "items that only tell people or venue of the one above": (f"""
* {WATER} [[paper]({P})]
    * Ann Lee, Bo Dam, Cy Ek (Pond Technologies, Inc)
    * SIGMOD'08
* [{FERN}]({Q})
    * Ann Lee | In Pond Letters, 2017
* [{STONE}]({R})
    * Lee, Ann and Dam, Bo | [2025/01]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="SIGMOD", year=2008),
      dict(title=FERN, authors=["Lee, Ann"], venue="Pond Letters", year=2017),
      dict(title=STONE, authors=["Lee, Ann", "Dam, Bo"], year=2025, month=1)]),
    "links above their title": (f"""
- [paper]({P}) [code]({C})
  - {WATER}
- [paper]({Q}) [code]({D})
  - {FERN}
""", [dict(title=WATER, url=P, code_url=C), dict(title=FERN, url=Q, code_url=D)]),
    "a title above the name of the work and its links": (f"""
## CVPR 2022
* {WATER}
  * Lee et al. [[paper]({P})] [[PyTorch]({C})] [cite=4]
* {FERN}
  * FernNet [[paper]({Q})] [[PyTorch]({D})] [cite=0]
""", [dict(title=WATER, authors=["Lee"], et_al=True, url=P, code_url=C), dict(title=FERN, url=Q, code_url=D)]),
    "notes below a heading that is a paper": (f"""
## Papers at ICML 2018
### 1. [{WATER}]({P})
Materials: [pdf]({P}.pdf), [code]({C})
- Guided by **Ann Lee**
- Shows that sprinklers of the larger kind make stronger guarantees.
### 2. [{FERN}]({Q})
- An interesting approach to the shade of mills that has received attention is to wait.
""", [dict(title=WATER, url=P, code_url=C), dict(title=FERN, url=Q)]),
    "bullets below a linked title are notes on it": (f"""
## Papers
### [{WATER}]({P})
- Shows that sprinklers of the larger kind make stronger guarantees.
- Read with **Ann Lee** in spring.
### [{FERN}]({Q})
- An approach to the shade of mills that has received attention is to wait.
""", [dict(title=WATER, url=P, summary="Shows that sprinklers of the larger kind make stronger guarantees. Read with Ann Lee in spring."),
      dict(title=FERN, url=Q, summary="An approach to the shade of mills that has received attention is to wait.")]),
    "headings that are papers stand in the section of the heading before": (f"""
# Ponds
### Gardens
### 1. [{WATER}]({P})
- By Ann Lee
### 2. [{FERN}]({Q})
### Lakes
### 3. [{STONE}]({R})
""", [dict(title=WATER, section=["Ponds", "Gardens"]), dict(title=FERN, section=["Ponds", "Gardens"]),
      dict(title=STONE, section=["Ponds", "Lakes"])]),
    "headings in list items": (f"""
# Ponds
- ### Gardens
  - {WATER}, ICML 2020
  - [{STONE}]({Q})
    - Ann Lee, Bo Dam
- ### Lakes
  - {FERN}, ICML 2021
""", [dict(title=WATER, section=["Ponds", "Gardens"], venue="ICML", year=2020),
      dict(title=STONE, section=["Ponds", "Gardens"], authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=FERN, section=["Ponds", "Lakes"], venue="ICML", year=2021)]),
    "the code linked by its name in a line below": (f"""
#### [ICCV21 {WATER}]({P})
Code: [SprinkleNet]({C})
#### [{FERN}]({Q})
Code: [FernNet]({D})
""", [dict(title=WATER, url=P, code_url=C, venue="ICCV", year=2021), dict(title=FERN, url=Q, code_url=D)]),
    "a page of nothing but titles": (f"""
# Papers on Ponds
- {WATER}
- {FERN}
- {STONE}
- {REED}
- Bamboo Grows Fast in Warm Ponds
""", [dict(title=WATER), dict(title=FERN), dict(title=STONE), dict(title=REED), dict(title="Bamboo Grows Fast in Warm Ponds")]),
    "names of files": (f"""
- [{WATER}.pdf](papers/water.pdf)
- [2019-{FERN}.pdf](papers/fern.pdf)
""", [dict(title=WATER), dict(title=FERN)]),
    "a venue told by those of its neighbours": (f"""
- {WATER}, *ICML*, 2019. [[paper]({P})]
- {FERN}, *KDD*, 2020. [[paper]({Q})]
- {STONE}, *AAAI*, 2020. [[paper]({R})]
- {REED}, *Ripples*, 2021. [[paper]({P}4)]
""", [dict(title=WATER, venue="ICML"), dict(title=FERN, venue="KDD"), dict(title=STONE, venue="AAAI"),
      dict(title=REED, venue="Ripples", authors=[], year=2021)]),
    "volume and pages around the year": (f"""
1. [{WATER}]({P}), A. Lee, Pond Letters **121**(16), 10037–10072 (2021)
2. Ann Lee, Bo Dam. "{FERN}." Pond Review 59.1 (2017): 22-30. [[pdf]({Q})]
""", [dict(title=WATER, authors=["Lee, A."], venue="Pond Letters", year=2021),
      dict(title=FERN, authors=["Lee, Ann", "Dam, Bo"], venue="Pond Review", year=2017)]),
    "marks of the kind of work in references": (f"""
- Lee A, Dam B, Ek C, et al. {WATER}[J]. Pond Notes, 2008, 5034: 337-348.[[pdf]({P})]
- Lee A, Dam B, Ek C, et al. {FERN}[C]//Proceedings of the 3rd Days of Ponds. ACM, 2009: 532-539.[[pdf]({Q})]
""", [dict(title=WATER, et_al=True, venue="Pond Notes", year=2008),
      dict(title=FERN, et_al=True, venue="Proceedings of the 3rd Days of Ponds", year=2009)]),
    "references with names left out": (f"""
- Lee, A., Dam, B., … Ek, C. (2019). {WATER}. Pond Reports, 29(11), 3367-3373.e4. {DOI}
- Lee, A., Dam, B., & Ek, C. (2016). {FERN}. Pond Notes, 23(1), bbab408. {DOI}2
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B.", "Ek, C."], venue="Pond Reports", year=2019),
      dict(title=FERN, authors=["Lee, A.", "Dam, B.", "Ek, C."], venue="Pond Notes", year=2016)]),
    "a whole quoted reference in the link": (f"""
- [Lee, Ann, Bo Dam, and Cy Ek. "{WATER}." Pond Days (2019).]({P})
- [Lee, Ann. "{FERN}." Pond Letters (2014).]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="Pond Days", year=2019),
      dict(title=FERN, authors=["Lee, Ann"], venue="Pond Letters", year=2014)]),
    "a linked venue behind a plain title": (f"""
- `2021.06` {WATER}. [Journal of Ponds and Lakes]({DOI}), [Code]({C})
- {FERN} <br> [Computer Pond Forum 2021]({Q}) / [Project Page](https://pond.example/)
""", [dict(title=WATER, venue="Journal of Ponds and Lakes", year=2021, month=6, code_url=C),
      dict(title=FERN, venue="Computer Pond Forum", year=2021, url=Q)]),
    "a linked venue before the title, topics set as code": (f"""
- [[CVPR](http://ponds.example/w.pdf)] {WATER}. [[torch]({C})] [__`cls.`__ __`seg.`__] :fire:
- [[arXiv]({Q})] {FERN}. [__`ferns.`__]
""", [dict(title=WATER, venue="CVPR", url="http://ponds.example/w.pdf", code_url=C), dict(title=FERN, venue="arXiv", url=Q)]),
    "badges that tell venue and year": (f"""
- **{WATER}**. [![Paper](https://img.shields.io/badge/PONDS-2022-blue.svg)]({DOI})
- **{FERN}**. [![](https://img.shields.io/badge/LAKES_2021-529?style=flat)]({Q})
- **{STONE}**. [![Paper](https://img.shields.io/badge/Paper-PONDS%202020-blue.svg)]({R})
""", [dict(title=WATER, venue="PONDS", year=2022, url=DOI), dict(title=FERN, venue="LAKES", year=2021, url=Q),
      dict(title=STONE, year=2020, url=R)]),
    "a bold nickname and what it is behind a dash": (f"""
- **SprinkleNet** — watering of plants by large and small sprinklers. [[paper]({P})] [[code]({C})]
- **Fern Review** — review of the ferns in the shade of mills. [[paper]({Q})]
""", [dict(title="SprinkleNet", summary="watering of plants by large and small sprinklers.", code_url=C), dict(title="Fern Review")]),
    "numbers of arXiv are no years": (f"""
- [{WATER}](https://arxiv.org/abs/2012.00001), arXiv:2012.00001
- **{FERN}**. Ann Lee, Bo Dam. arXiv:2009.05381
""", [dict(title=WATER, venue="arXiv", arxiv_id="2012.00001", year=None), dict(title=FERN, venue="arXiv", year=None)]),
    "year and month behind arXiv": (f"""
- {WATER}, arXiv 2406 [[paper]({P})]
- {FERN} (arXiv 2311) [[paper]({Q})]
""", [dict(title=WATER, venue="arXiv", year=2024, month=6), dict(title=FERN, venue="arXiv", year=2023, month=11)]),
    "year and venue joined to the title by dashes": (f"""
- [2020-AAAI-{WATER}]({P})
- [2021-{FERN}]({Q})
""", [dict(title=WATER, venue="AAAI", year=2020), dict(title=FERN, year=2021)]),
    "people, a colon and the title": (f"""
* Ann Lee and Bo Dam: {WATER}, 2014.
* Ann Lee: {FERN}, MSR Technical Report, 2001.
* Ann Lee, et al.: {REED}, Journal of Pond Research, 2003.
* Cy Ek and Bo Dam: {STONE}, KDD 2019.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2014), dict(title=FERN, authors=["Lee, Ann"], year=2001),
      dict(title=REED, authors=["Lee, Ann"], et_al=True, venue="Journal of Pond Research", year=2003),
      dict(title=STONE, authors=["Ek, Cy", "Dam, Bo"], venue="KDD", year=2019)]),
    "a title and its subtitle with a year, in a list without links": (f"""
- Tidy Ponds: Reading Lakes at Night, ICML 2020
- Still Water: A Survey of Ponds, KDD 2019
- {WATER}. CVPR 2018
""", [dict(title="Tidy Ponds: Reading Lakes at Night", authors=[], venue="ICML", year=2020),
      dict(title="Still Water: A Survey of Ponds", authors=[], venue="KDD", year=2019), dict(title=WATER)]),
    "one person where the others of the list have several": (f"""
- **{WATER}** [Paper]({P}). *Ann Lee, Bo Dam*
- **{FERN}** [Paper]({Q}). *Cy Ek and Ann Lee*
- **{REED}** [Paper]({Q}3). *Bo Dam, Cy Ek*
- **{STONE}** [Paper]({Q}4). *Di Oak*
""", [dict(title=WATER), dict(title=FERN), dict(title=REED), dict(title=STONE, authors=["Oak, Di"])]),
    "a venue and a year before a colon": (f"""
- CVPR 2018: [{WATER}]({P})
- ICML 2019: [{FERN}]({Q})
""", [dict(title=WATER, venue="CVPR", year=2018), dict(title=FERN, venue="ICML", year=2019)]),
    "a linked title with words of venues in two pairs of brackets": (f"""
- [[Sparse Medical Ponds and Their Digital Pathology]]({P})
- [[Deep Pattern Recognition in Shallow Lakes]]({Q})
""", [dict(title="Sparse Medical Ponds and Their Digital Pathology", venue=None),
      dict(title="Deep Pattern Recognition in Shallow Lakes", venue=None)]),
    "a year and a stop before the title": (f"""
2019. {WATER}. [[paper]({P})]

2020. {FERN}. [[paper]({Q})]
""", [dict(title=WATER, year=2019), dict(title=FERN, year=2020)]),
    "a column for the title of the book": (f"""
| Book title | Title | Link |
|---|---|---|
| ICML 2019 | {WATER} | [pdf]({P}) |
| KDD 2020 | {FERN} | [pdf]({Q}) |
""", [dict(title=WATER, venue="ICML", year=2019), dict(title=FERN, venue="KDD", year=2020)]),
    "the name of a badge is no part of its venue": (f"""
- **{WATER}** [![Paper](https://img.shields.io/badge/Paper-PONDS%202022-blue)]({P})
- **{FERN}** [![](https://img.shields.io/badge/NeurIPS_2023-blue)]({Q})
""", [dict(title=WATER, venue="PONDS", year=2022), dict(title=FERN, venue="NeurIPS", year=2023)]),
    "bold titles in brackets, people and venue behind": (f"""
- **[Local Search in Tidy Ponds]** J. L. Lee. CVPR, 2018. [**[paper]**]({P})
- **[Slow Estimation of Still Ponds]** Bo Dam. SIGGRAPH 2020. [**[paper]**]({Q})
- **[PondNet]** **[CVPR 2020]** {REED}. [[paper]]({Q}3)
""", [dict(title="Local Search in Tidy Ponds", authors=["Lee, J. L."], venue="CVPR", year=2018),
      dict(title="Slow Estimation of Still Ponds", authors=["Dam, Bo"], venue="SIGGRAPH", year=2020),
      dict(title=REED, venue="CVPR", year=2020)]),
    "links first, title, people and venue below them": (f"""
- [[Paper]]({P})
  - **{WATER}**
  - Ann Lee, Bo Dam
  - CVPR 2020
- [[Paper]]({Q}) [[Code]]({C})
  - **{FERN}**
  - Cy Ek, Bo Dam
  - KDD 2021
""", [dict(title=WATER, url=P, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR", year=2020),
      dict(title=FERN, url=Q, code_url=C, authors=["Ek, Cy", "Dam, Bo"], venue="KDD", year=2021)]),
    "places of work before a stop": (f"""
- **{WATER}**. Ann Lee, Bo Dam (Pond Technologies, Inc). [[paper]({P})]
- **{FERN}**. Cy Ek, Di Oak. [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Oak, Di"])]),
    "a link to download the paper": (f"""
- {WATER} [[download]({P})]
- {FERN} [[download]({Q})]
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "an identifier of arXiv behind the title": (f"""
- {WATER}, arXiv 2401.00001 [[paper]({P})]
- {FERN}, arXiv 2402.00002 [[paper]({Q})]
""", [dict(title=WATER, venue="arXiv", year=None), dict(title=FERN, venue="arXiv")]),
    "volume, issue and pages between an italic journal and the year": (f"""
1. **{WATER}**. Ann Lee, Bo Dam. *Pond Physics* 12 (3), 4-9 (2018). [[paper]({P})]
2. **{FERN}**. Cy Ek, Bo Dam. *Pond Physics*, 38(1):153-183, 2012. [[paper]({Q})]
""", [dict(title=WATER, venue="Pond Physics", year=2018, authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=FERN, venue="Pond Physics", year=2012)]),
    "places of work in brackets behind people": (f"""
- **{WATER}**. Ann Lee, Bo Dam (Pond Technologies, Inc) [[paper]({P})]
- **{FERN}**. Cy Ek, Ann Lee (Max-Pond-Society) [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Lee, Ann"])]),
    "names in capitals": (f"""
- **{WATER}**. JEAN-LUC DAM, ANN LEE, and O'NEIL ROE. [[paper]({P})]
- **{FERN}**. ÉMILE DAM and ANN LEE. [[paper]({Q})]
""", [dict(title=WATER, authors=["DAM, JEAN-LUC", "LEE, ANN", "ROE, O'NEIL"]), dict(title=FERN, authors=["DAM, ÉMILE", "LEE, ANN"])]),
    "an address in square brackets": (f"""
- (*ACL'24*) {WATER} [[paper][{P}]] [[code]({C})]
- (*ACL'23*) {FERN} [[paper][{Q}]]
""", [dict(title=WATER, venue="ACL", year=2024, url=P, code_url=C), dict(title=FERN, venue="ACL", year=2023, url=Q)]),
    "long prose is no title": (f"""
- [{WATER}]({P})
- [{FERN}]({Q})

This list was made by those who walk around ponds and count what they find there and then write it down and send it to us so that we may put it into the list which you see above and below and which grows from day to day as ponds do when rain falls in spring (Lee et al., 2020)
""", [dict(title=WATER), dict(title=FERN)]),
    "a stop within a title and a number behind it": (f"""
- Sprinklers vs. Cans in Large Gardens. Ann Lee, Bo Dam. ICML 2019. [[pdf]({P})]
- {FERN} (2). Cy Ek, Bo Dam. ICML 2020. [[pdf]({Q})]
""", [dict(title="Sprinklers vs. Cans in Large Gardens", authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2019),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="ICML", year=2020)]),
    "inserted, marked and underlined words end a plain title": (f"""
- {WATER} — <ins>Nature Communications, 2016</ins> [[paper]({P})]
- {FERN} <kbd>ICML 2019</kbd> [[paper]({Q})]
- {STONE} <u>KDD 2018</u> [[paper]({R})]
""", [dict(title=WATER, venue="Nature Communications", year=2016), dict(title=FERN, venue="ICML", year=2019),
      dict(title=STONE, venue="KDD", year=2018)]),
    "a quoted title above the people": (f"""
- "{WATER}"
 Lee, Ann and Dam, Bo and Ek, Cy. WWW (2022)
 [paper]({P})
- "[{FERN}]({Q})"
  - A. Lee, B. Dam, C. van Ek. In TPAMI, 2021 [[`Code`]({C})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="WWW", year=2022, url=P),
      dict(title=FERN, authors=["Lee, A.", "Dam, B.", "van Ek, C."], venue="TPAMI", year=2021, code_url=C)]),
    "people and title on lines of their own": (f"""
- Ann Lee and Bo Dam
  {WATER}
  [[paper]({P})]
- Cy Ek and Bo Dam
  {FERN}
  [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], url=Q)]),
    "italic people alone behind a plain title": (f"""
- {WATER} *Lee, A.* (ICLR) ([pdf]({P}))
- {FERN} *Dam, B.*. (ICLR) ([pdf]({Q}))
""", [dict(title=WATER, authors=["Lee, A."], venue="ICLR"), dict(title=FERN, authors=["Dam, B."], venue="ICLR")]),
    "a venue, not known, with its year before a colon": (f"""
* Pond Computation 2025: [{WATER}]({P}). Ann Lee et al.
* Lake Notes 2024: [{FERN}]({Q}). Cy Ek and Bo Dam.
""", [dict(title=WATER, venue="Pond Computation", year=2025, authors=["Lee, Ann"], et_al=True),
      dict(title=FERN, venue="Lake Notes", year=2024, authors=["Ek, Cy", "Dam, Bo"])]),
    "a year before italic titles in items": (f"""
* 2022. *{WATER}* | *Ann Lee and Bo Dam and Cy Ek* {P}
* 2021. *{FERN}* | *Cy Ek and Bo Dam* {Q}
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], year=2022, url=P),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], year=2021, url=Q)]),
    "a bold title in brackets": (f"""
- **[{STONE}]** Ann Lee. ISMAR, 2009. [**[paper]**]({P})
- **[{FERN}]** C. Ek. BMVC, 2016.
""", [dict(title=STONE, authors=["Lee, Ann"], venue="ISMAR", year=2009, url=P),
      dict(title=FERN, authors=["Ek, C."], venue="BMVC", year=2016)]),
    "topics in code before the title": (f"""
- **[PIE]** `[Ponds]` `[Lakes]` {WATER} (**bioRxiv 2026**) [[preprint]({P})]
- **[FIG]** `[Ferns]` {FERN} (**bioRxiv 2025**) [[preprint]({Q})]
""", [dict(title=WATER, venue="bioRxiv", year=2026), dict(title=FERN, venue="bioRxiv", year=2025)]),
    "a link that is missing leaves its name": (f"""
## Ponds

`AVOS` - [paper]({P}) / code - {WATER}

`SVOS` - [paper]({Q}) / [code]({C}) - {FERN}

`SVOS` - [paper]({R}) / code - `TPAMI` {STONE}
""", [dict(title=WATER, url=P, code_url=None), dict(title=FERN, url=Q, code_url=C), dict(title=STONE, venue="TPAMI", url=R)]),
    "a title linked nowhere": (f"""
* [{WATER}](), et al., CVPR 2021
* [{FERN}](), et al., ICCV 2019
""", [dict(title=WATER, venue="CVPR", year=2021), dict(title=FERN, venue="ICCV", year=2019)]),
    "tables of papers under headings of other matter": (f"""
## Contents
| Title | Authors | Link |
|---|---|---|
| {WATER} | Ann Lee, Bo Dam | [paper]({P}) |
| {FERN} | Cy Ek et al. | - |
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P), dict(title=FERN, authors=["Ek, Cy"], et_al=True)]),
    "people, venue and year in brackets": (f"""
- `[Lee et al. LAKES20]` {WATER}. arXiv:2009.05381, 2020. [[paper]({P})]
- [Ek et al., KDD 2020] {FERN} [[pdf]({Q})]
- (Ann Lee & Bo Dam, ICML'23) {STONE} [[pdf]({R})]
""", [dict(title=WATER, authors=["Lee"], et_al=True, venue="LAKES", year=2020),
      dict(title=FERN, authors=["Ek"], et_al=True, venue="KDD", year=2020),
      dict(title=STONE, authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2023)]),
    "long names of proceedings beside short ones": (f"""
- *{WATER}*, Ann Lee, Bo Dam. IEEE Conference on Computer Ponds and Lakes. **ICIP 2021** [[pdf]({P})]
- *{FERN}*, Cy Ek, Bo Dam. IEEE Conference on Image Ponds. **ICIP 2020** [[pdf]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ICIP", year=2021),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="ICIP", year=2020)]),
    "volumes and short numbers are no years": (f"""
- **{WATER}**. Ann Lee, Bo Dam. Nat Commun 13 (2022). [[pdf]({P})]
- **{FERN}**. Cy Ek, Bo Dam. PONDS10 2021. [[pdf]({Q})]
""", [dict(title=WATER, year=2022), dict(title=FERN, year=2021)]),
    "journals called by their field": (f"""
- "{WATER}", Ann Lee, Bo Dam, Pond Linguistics, 2007.
- "{FERN}", Cy Ek, Bo Dam, Fern summit, 2015.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Pond Linguistics", year=2007),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="Fern summit", year=2015)]),
    "wide commas and commas without a blank": (f"""
- {WATER}，CVPR 2020，[paper]({P})
- {FERN},ICML 2019 [paper]({Q})
""", [dict(title=WATER, venue="CVPR", year=2020), dict(title=FERN, venue="ICML", year=2019)]),
    "marks before a linked title": (f"""
- [1. {WATER}]({P})
- [[] {FERN}]({Q})
""", [dict(title=WATER), dict(title=FERN)]),
    "links to files with blanks in their names": (f"""
- [{WATER}](./papers/{WATER}.pdf) Ann Lee, Bo Dam
- [{FERN}](./papers/{FERN}.pdf) Cy Ek, Bo Dam
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"])]),
    "headings that are links of a word": (f"""
## Papers
### [PondNet]({P})
By Ann Lee and Bo Dam
### 2. [FernNet]({Q})
By Cy Ek and Bo Dam
""", [dict(title="PondNet", url=P), dict(title="FernNet", url=Q)]),
    "a short name before a linked title": (f"""
* **Can :** [{WATER}]({P}). A. Lee, B. Dam. Pond Days, 2016.
* **Fern and Moss :** [{FERN}]({Q}). C. Ek, B. Dam. Pond Days, 2017.
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."], year=2016), dict(title=FERN, authors=["Ek, C.", "Dam, B."], year=2017)]),
    "people turned round behind the title": (f"""
1. [{WATER}]({P}), Lee, Ann and Dam, Bo D., 2016
1. [{FERN}]({Q}), Ek, Cy and Dam, Bo, 2017
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo D."], year=2016), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], year=2017)]),
    "a year in brackets between title and people": (f"""
- **{WATER}** (2019), Ann Lee [[pdf]({P})]
- **{FERN}** (2018), ICMLA 2018, Ek, Cy, et al.
""", [dict(title=WATER, authors=["Lee, Ann"], year=2019), dict(title=FERN, authors=["Ek, Cy"], et_al=True, venue="ICMLA", year=2018)]),
    "title, venue with a dash before its year": (f"""
- {WATER}, POND-2020, [[paper]({P})]
- {FERN}, 2023.10 [[paper]({Q})]
""", [dict(title=WATER, venue="POND", year=2020), dict(title=FERN, year=2023, month=10)]),
    "rows that only cite the paper": (f"""
| SN | Time (YYYY/MM) | Title | Inline Citation in Short form | Code Repository / GitHub Link |
|---|---|---|---|---|
| 1 | 2020/04 | {WATER} | (Lee et al., 2020) | [something]({C}) |
| 2 | 2020/11 | {FERN} | (Ek et al., 2020) | [ripples]({D}) |
""", [dict(title=WATER, authors=["Lee"], et_al=True, year=2020, month=4, code_url=C),
      dict(title=FERN, authors=["Ek"], et_al=True, year=2020, month=11, code_url=D)]),
    "a link within the page beside the year": (f"""
- {WATER}, ICML 2020. ([details](#water))
- {FERN}, KDD 2021. ([details](#fern))
""", [dict(title=WATER, venue="ICML", year=2020), dict(title=FERN, venue="KDD", year=2021)]),
    "letters in names as LaTeX has them": (f"""
- **{WATER}**. Ann Lee, S{{\\o}}ren Dam, Cy Ek. [[paper]({P})]
- **{FERN}**. Cy Ek, J{{\\o}}n Lee. [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Søren", "Ek, Cy"]), dict(title=FERN, authors=["Ek, Cy", "Lee, Jøn"])]),
    "links that are named materials": (f"""
#### [{WATER}]({P})
Materials: [slides](https://pond.example/s.pdf), [code]({C})
#### [{FERN}]({Q})
Materials: [code]({D})
""", [dict(title=WATER, url=P, code_url=C), dict(title=FERN, url=Q, code_url=D)]),
    "quotes around people that come first": (f"""
1. A. B. Lee, “{WATER}”, Pond Days, 1989. [PDF]({P}) (_Cans_)
2. Cy Ek, "{FERN}", ICASSP 2022 Tutorial. [PDF]({Q})
""", [dict(title=WATER, authors=["Lee, A. B."], venue="Pond Days", year=1989),
      dict(title=FERN, authors=["Ek, Cy"], venue="ICASSP Tutorial", year=2022)]),
    "the title once more in another language": (f"""
[1] {WATER}

- 题目：在池塘边浇水的大喷头
- Code: {C}
- Paper: {P}

[2] {FERN}

- 题目：老磨坊阴影下生长的蕨类
- Paper: {Q}
""", [dict(title=WATER, url=P, code_url=C, extra={"other_title": "在池塘边浇水的大喷头"}),
      dict(title=FERN, url=Q, code_url=None, extra={"other_title": "老磨坊阴影下生长的蕨类"})]),
    "a remark in the label of a link": (f"""
### {WATER}
**Authors**: Ann Lee, Bo Dam

 [📄 Paper (Low Resolution)]({P}) | [💻 Code]({C})

### 2. {FERN}
**Authors**: Cy Ek, Bo Dam

 [📄 Paper (PDF, 2 MB)]({Q}) | [💻 Code (soon)]({D})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P, code_url=C),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], url=Q, code_url=D)]),
    "a label that is the address": (f"""
### PondNet
**{WATER}.**
Ann Lee, Bo Dam
- pdf: [{P}]({P})
- code: [something : {C}]({C})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P, code_url=C, section=["PondNet"])]),
    "links and people in paragraphs of their own": (f"""
6. **{WATER}.** ACL, 2018.

[paper]({P}) [dataset&code]({C}) [presentation](https://vimeo.com/1/) [slide](https://pond.example/s.pdf)

*Ann Lee, Bo Dam*

7. **{FERN}.** KDD, 2019.

[paper]({Q}) [recording](https://vimeo.com/2/)

*Cy Ek, Bo Dam*
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="ACL", year=2018, url=P, code_url=C),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="KDD", year=2019, url=Q)]),
    "misspelt venues with their year behind people": (f"""
- **{WATER}**. Ann Lee, Bo Dam. NeurlPS. 2022. [[pdf]({P})]
- {FERN}. Cy Ek, Bo Dam. PONDS-2021 [[pdf]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="NeurlPS", year=2022),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="PONDS", year=2021)]),
    "columns with words of their own": (f"""
| Paper Name | Lead Author | Topic Tags | Research Institution | Short Description | Article Link | Year of Publication |
|---|---|---|---|---|---|---|
| {WATER} | Ann Lee | ponds, rain | Pond Lab | Wet. | [here]({P}) | 2020 |
| {FERN} | Cy Ek | ferns | Fern Lab | Dry. | [here]({Q}) | 2021 |
""", [dict(title=WATER, authors=["Lee, Ann"], keywords=["ponds", "rain"], organisation="Pond Lab", summary="Wet.", url=P, year=2020),
      dict(title=FERN, authors=["Ek, Cy"], keywords=["ferns"], organisation="Fern Lab", summary="Dry.", url=Q, year=2021)]),
    "a column of dates with a remark, one of places": (f"""
| Paper | Date (arXiv) | Accepted at |
|---|---|---|
| [{WATER}]({P}) | 2024-05 | Pond Days |
| [{FERN}]({Q}) | 2023-01 | - |
""", [dict(title=WATER, venue="Pond Days", year=2024, month=5), dict(title=FERN, venue=None, year=2023, month=1)]),
    "a title linked to the project beside a link to the paper": (f"""
- [{WATER}](https://someone.github.io/water/) [[paper]({P})]
- [{FERN}](https://someone.github.io/fern/) [[paper]({Q})] [[code]({C})]
""", [dict(title=WATER, url=P, project_url="https://someone.github.io/water/"),
      dict(title=FERN, url=Q, project_url="https://someone.github.io/fern/", code_url=C)]),
    "code that is still to come": (f"""
- {WATER} [[paper]({P})] [[code](TBA)]
- {FERN} [[paper]({Q})] [[code](coming-soon)]
""", [dict(title=WATER, url=P, code_url=None), dict(title=FERN, url=Q, code_url=None)]),
    "in, venue and year before the title": (f"""
- In ICML 2020: {WATER} [[paper]({P})]
- In KDD, 2021: {FERN} [[paper]({Q})]
""", [dict(title=WATER, venue="ICML", year=2020), dict(title=FERN, venue="KDD", year=2021)]),
    "et al. behind nobody": (f"""
- [{WATER}]({P}) et al. ICML 2020
- [{FERN}]({Q}) et al. KDD 2019
""", [dict(title=WATER, venue="ICML", year=2020), dict(title=FERN, venue="KDD", year=2019)]),
    "a place, not known, behind full names": (f"""
- [{WATER}]({P}), Ann Lee, Bo Dam, Pond talks, 2014
- [{FERN}]({Q}), Cy Ek, Bo Dam, Fern days in spring, 2015
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Pond talks", year=2014),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="Fern days in spring", year=2015)]),
    "a month between title and people": (f"""
- {WATER}. 2020.05 Ann Lee, Bo Dam [[paper]({P})]
- {FERN}. 2021-03 Cy Ek, Bo Dam [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2020, month=5),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], year=2021, month=3)]),
    "people, a dash and the title": (f"""
- Ann Lee, Bo Dam - {WATER} [[paper]({P})]
- Cy Ek, Bo Dam – {FERN} [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"])]),
    "a quoted title in the link, venue behind people": (f"""
- ["{WATER}"]({P}), Ann Lee, Bo Dam, IAAI, 2015
- ["{FERN}"]({Q}), Cy Ek, Bo Dam, IAAI, 2016
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="IAAI", year=2015),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="IAAI", year=2016)]),
    "a venue in code told by those of its neighbours": (f"""
- [{WATER}]({P}) `ICML` 2020
- [{FERN}]({Q}) `KDD` 2020
- [{STONE}]({R}) `AAAI` 2020
- [{REED}]({P}4) `Ripples` 2020
""", [dict(title=WATER, venue="ICML"), dict(title=FERN, venue="KDD"), dict(title=STONE, venue="AAAI"),
      dict(title=REED, venue="Ripples", year=2020, summary=None)]),
    "a venue taken for a person told by those of its neighbours": (f"""
- **{WATER}**, ICML [[paper]({P})]
- **{FERN}**, KDD [[paper]({Q})]
- **{STONE}**, AAAI [[paper]({R})]
- **{REED}**, Pond Forum [[paper]({P}4)]
""", [dict(title=WATER, venue="ICML"), dict(title=FERN, venue="KDD"), dict(title=STONE, venue="AAAI"),
      dict(title=REED, venue="Pond Forum", authors=[])]),
    "topics in bold or code behind the title": (f"""
- {WATER} [**ponds**] [**rain**] [[paper]({P})]
- {FERN} [`ferns`] ICML 2020 [[paper]({Q})]
""", [dict(title=WATER, extra={"tags": ["ponds", "rain"]}), dict(title=FERN, venue="ICML", year=2020, extra={"tags": ["ferns"]})]),
    "an italic journal before volume, pages and year": (f"""
- [{WATER}]({P}). Ann Lee, Bo Dam. *Journal of Ponds*, vol. 3, pp. 3–9, 2019.
- [{FERN}]({Q}). Cy Ek, Bo Dam. *Journal of Ferns*, 38(1):153-183, 2012.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="Journal of Ponds", year=2019),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="Journal of Ferns", year=2012)]),
    "references under a heading that is a paper": (f"""
### [A Survey of Tidy Ponds and Lakes]({P})
- Ann Lee, Bo Dam. {WATER}. CVPR 2020.
- Cy Ek, Bo Dam. {FERN}. KDD 2021.
""", [dict(title="A Survey of Tidy Ponds and Lakes", url=P), dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], venue="CVPR"),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="KDD")]),
    "named titles with people below a paragraph": (f"""
A Survey of Tidy Ponds and Lakes

- Title: {WATER}
  Authors: Ann Lee, Bo Dam
- Title: {FERN}
  Authors: Cy Ek, Bo Dam
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"])]),
    "an item named data is a paper": (f"""
- [{WATER}]({P})
- Data: [Pond Pictures of Quiet Lakes](https://pond.example/d) [code]({C})
""", [dict(title=WATER, url=P, code_url=None), dict(title="Pond Pictures of Quiet Lakes", code_url=C)]),
    "topics, of which one has one paper": (f"""
- Learning From Human Feedback Data
  - [PondNet]({P})
- Watching Herons With Small Cameras
  - [{FERN}]({Q})
  - [{REED}]({R})
""", [dict(title="PondNet", section=["Learning From Human Feedback Data"]),
      dict(title=FERN, section=["Watching Herons With Small Cameras"]),
      dict(title=REED, section=["Watching Herons With Small Cameras"])]),
    "columns whose words are like others": (f"""
| Model | Preference | Paper |
|---|---|---|
| PondNet | Human feedback data | [{WATER}]({P}) |
| ReedNet | Feedback of herons | [{FERN}]({Q}) |
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "titles with a colon beside people before one": (f"""
- Ann Lee, Bo Dam: {WATER}, CVPR, 2018
- Cy Ek, Bo Dam: {FERN}, KDD, 2019
- Pond Dreams: A Tale of Two Lakes in Spring, CVPR, 2018
- Reed Songs: A Tale of Two Ponds in Autumn, CVPR, 2018
- Mill Songs: A Tale of Two Mills in Autumn, CVPR, 2018
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"]),
      dict(title="Pond Dreams: A Tale of Two Lakes in Spring", authors=[]),
      dict(title="Reed Songs: A Tale of Two Ponds in Autumn", authors=[]),
      dict(title="Mill Songs: A Tale of Two Mills in Autumn", authors=[])]),
    "a person and a year before a colon are no venue": (f"""
- Ann Lee 2021: [{WATER}]({P})
- Lee et al. 2020: [{FERN}]({Q})
""", [dict(title=WATER, venue=None), dict(title=FERN, venue=None, year=2020, authors=["Lee"])]),
    "a conference linked to its front page": (f"""
- [IEEE](https://ieee.org) {WATER} [[pdf]({P})]
- [IEEE](https://ieee.org) {FERN} [[pdf]({Q})]
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "labels inside the link of a title": (f"""
| Name | Paper |
|---|---|
| Skip | [[KDD 2019] {WATER}]({P}) [[Code]]({C}) |
| Fern | [[PondConf 2021] {FERN}]({Q}) |
""", [dict(title=WATER, venue="KDD", year=2019, code_url=C), dict(title=FERN, venue="PondConf", year=2021)]),
    "a year, who and where in brackets before a title": (f"""
* [2020 (Pond Labs) (KDD) [SIM] {WATER}]({P}) <br />
* [2018 (ICLR) *[Skip] (Pond Labs) {FERN}]({Q}) <br />
* [2019 (Pondweb) {REED}]({R}) <br />
""", [dict(title=WATER, venue="KDD", year=2020), dict(title=FERN, venue="ICLR", year=2018),
      dict(title=REED, venue="Pondweb", year=2019)]),
    "a venue and a year behind dashes": (f"""
- [Skip - {WATER} - ICCV - 2001]({P})
- [Mask Ponds - ARXIV -2017]({Q})
- [Online Ponds of Neural Networks for Quiet Lakes - BMVC - 2017]({R})
""", [dict(title=WATER, venue="ICCV", year=2001), dict(title="Mask Ponds", venue="ARXIV", year=2017),
      dict(title="Online Ponds of Neural Networks for Quiet Lakes", venue="BMVC", year=2017)]),
    "a short year, a venue and a title joined by dashes": (f"""
- 16-FPGA-{WATER}
- 24-SIGCOMM-{FERN}
""", [dict(title=WATER, venue="FPGA", year=2016), dict(title=FERN, venue="SIGCOMM", year=2024)]),
    "a short year before a venue in brackets": (f"""
- {WATER} (24'PNDX) [[paper]({P})]
- {FERN} (23'Symposium on Quiet Lakes (SQL)) [[paper]({Q})]
- {REED}(Security'24)[[paper]({R})]
""", [dict(title=WATER, venue="PNDX", year=2024), dict(title=FERN, venue="Symposium on Quiet Lakes (SQL)", year=2023),
      dict(title=REED, venue="Security", year=2024)]),
    "titles alone among linked ones": (f"""
# Pond Papers
## Water
+ [{WATER}]({P}) (KDD 2019)
+ [{STONE}]({Q})
+ [Tidy Ponds at Night and in the Rain]({R})
+ {FERN}
+ {REED}
""", [dict(title=WATER), dict(title=STONE), dict(title="Tidy Ponds at Night and in the Rain"), dict(title=FERN, url=None),
      dict(title=REED)]),
    "headings that are references": (f"""
# Ponds
## Reading
#### {WATER} (A Lee, B Dam, CD Ek 2015)

> What it says.

#### {FERN} (A Lee, B Dam, AAAI2016) :star:

[[code]({C})]

#### {STONE} (Ann Lee, Bo Dam, Cy Ek, Dan Fir, Eve Gum, Fay Hop, Gil Ivy, Hal Jay, Ida Kip, Jon Lux, Kay Moe, Lee Nut 2012)
""", [dict(title=WATER, authors=["Lee, A", "Dam, B", "Ek, CD"], year=2015, venue=None),
      dict(title=FERN, authors=["Lee, A", "Dam, B"], venue="AAAI", year=2016, code_url=C),
      dict(title=STONE, n_authors=12, year=2012)]),
    "a list right under a heading in HTML": (f"""
# Ponds

<h3 id="1">1.1 Basic Ponds</h3>
- [{WATER}]({P})
- [{FERN}]({Q})
""", [dict(title=WATER, section=["Ponds", "1.1 Basic Ponds"]), dict(title=FERN)]),
    "bullets set in by tabs": (f"""
4. **Ponds at Night**

		• [{WATER}]({P})

		• [{FERN}]({Q})
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "a heading inside an item": (f"""
# Ponds
- [{WATER}]({P}) Ann Lee, Bo Dam
    ##### 2.1 Deeper
    - [{FERN}]({Q})
- [{REED}]({R})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], section=["Ponds"]), dict(title=FERN, section=["Ponds", "2.1 Deeper"]),
      dict(title=REED, section=["Ponds"])]),
    "references dated behind their people": (f"""
A. Lee and B. C. Dam. 2021. {WATER}. In 2021 IEEE Int. Symposium on Quiet Lakes (SQL). 286-294.

A.B. Lee, C. Dam, and D. Ek. 2020. {FERN}. Pond Access 8 (2020), 1838-1890.
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B. C."], year=2021, venue="IEEE Int. Symposium on Quiet Lakes (SQL)"),
      dict(title=FERN, authors=["Lee, A.B.", "Dam, C.", "Ek, D."], year=2020)]),
    "surnames and a year before a title": (f"""
- Lee, Dam, Ekman (2014). {WATER}: A Brief Overview. *PNDS*.
- Lee (2012). *{FERN}*. Pond UP.
- Ekman (1971). {REED}. *Journal of Mathematical Ponds*.
""", [dict(title=f"{WATER}: A Brief Overview", authors=["Lee", "Dam", "Ekman"], year=2014, venue="PNDS"),
      dict(title=FERN, authors=["Lee"], year=2012), dict(title=REED, authors=["Ekman"], venue="Journal of Mathematical Ponds")]),
    "surnames before a bold title": (f"""
* Lee and Ekman. - 2017 - **Simple and Effective Multi-Paragraph Reading Comprehension** [[pdf]({P})]
* Dam et al. - 2016 - **{FERN}** [[pdf]({Q})]
""", [dict(title="Simple and Effective Multi-Paragraph Reading Comprehension", authors=["Lee", "Ekman"], year=2017),
      dict(title=FERN, authors=["Dam"], et_al=True, year=2016)]),
    "a remark or a journal in brackets at the end of a title": (f"""
- {WATER} [Knowledge-Based Systems] [[paper]]({P})
- {FERN}, PONDX, 2018 (first of its kind) [[journal]]({Q})
- {REED} [also in 2.1] [[paper]]({R})
""", [dict(title=WATER, venue="Knowledge-Based Systems"), dict(title=FERN, venue="PONDX", year=2018),
      dict(title=REED, venue=None)]),
    "a dated bold title before an italic journal": (f"""
- **[2024] {WATER}** `[survey]`  
  Lee, Dam, Ekman. *Transactions on Ponds*  
  > What it says.
- **[2023.05] {FERN}** `[survey]`  
  Ann Lee et al. *EMNLP 2023*. [[Paper]({Q})]
""", [dict(title=WATER, year=2024, venue="Transactions on Ponds"),
      dict(title=FERN, authors=["Lee, Ann"], et_al=True, year=2023, venue="EMNLP")]),
    "years of the last century, and years in brackets behind capitals": (f"""
- [ASE98] [{WATER}]({P})
- **Skip**: "{FERN}". `MM(24)` [[URL]]({Q})
""", [dict(title=WATER, venue="ASE", year=1998), dict(title=FERN, venue="MM", year=2024)]),
    "a page of nothing but titles of papers": ("""
# Pond-Reading-papers
Notes.

1. You only look once: Quiet ponds at night
2. Rich feature hierarchies for ponds and lakes
3. Ponds as points
4. Lakenet: Detecting ponds as paired points
5. Faster ponds: Towards quiet lakes with rain
6. Seeing Ponds at Night and Day
7. Moss vision: A quiet pond at noon
""", [dict(title="You only look once: Quiet ponds at night", year=None), dict(title="Rich feature hierarchies for ponds and lakes"),
      dict(title="Ponds as points"), dict(title="Lakenet: Detecting ponds as paired points"),
      dict(title="Faster ponds: Towards quiet lakes with rain"), dict(title="Seeing Ponds at Night and Day"),
      dict(title="Moss vision: A quiet pond at noon")]),
    "a dash on a line of its own": (f"""
- {WATER}
\\-
[[arXiv]({P})]
[[Code]({C})]

- {FERN}
\\-
[[arXiv]({Q})]
""", [dict(title=WATER, url=P, code_url=C), dict(title=FERN, url=Q)]),
    "people behind the name of their team": (f"""
- **{WATER}.**
  _Pond Team: Ann Lee, Bo Dam, et al._ arXiv 2025/07. [[paper]({P})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], et_al=True, year=2025)]),
    "initials without a blank behind them": (f"""
**06/19/2020** [{WATER}](./notes/water.md) A.Lee, B.Dam [pdf]({P})

**06/17/2020** [{FERN}](./notes/fern.md) C.Ek [pdf]({Q})
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."]), dict(title=FERN, authors=["Ek, C."])]),
    "a title in a second language below": (f"""
**{WATER}**

用大型洒水器浇灌植物的方法

论文地址：[{P}]({P})

**[{FERN}]({Q})**

生长在旧磨坊阴影中的蕨类植物
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "a title linked to the website of its work": (f"""
* [{WATER}]({P})
* [{STONE}](https://stoneskip.github.io/)
* [{FERN}]({Q})
* [{REED}]({R})
""", [dict(title=WATER), dict(title=STONE), dict(title=FERN), dict(title=REED)]),
    "unknown journals where most of a list have venues": (f"""
1. **{WATER}** (EMNLP 2021) [[paper]({P})]
2. **{STONE}** (ACL 2022) [[paper]({Q})]
3. **{FERN}** (SIGIR 2023) [[paper]({R})]
4. **{REED}** (Applied Ponds) [[paper]({DOI})]
""", [dict(title=WATER, venue="EMNLP"), dict(title=STONE, venue="ACL"), dict(title=FERN, venue="SIGIR"),
      dict(title=REED, venue="Applied Ponds", authors=[])]),
    "names of works that only their badges tell": (f"""
> - [![SkipNet](https://img.shields.io/badge/AAAI'22-SkipNet-fdd7e6?style=for-the-badge)]({P})
    [![Star](https://img.shields.io/github/stars/a/skip.svg?style=social&label=Star)](https://github.com/a/skip)
> - [![FernNet](https://img.shields.io/badge/arXiv'23-FernNet-fdd7e6?style=for-the-badge)]({Q})
""", [dict(title="SkipNet", venue="AAAI", year=2022, url=P, code_url="https://github.com/a/skip"),
      dict(title="FernNet", venue="arXiv", year=2023, url=Q)]),
    "posters and counters of stars": (f"""
| # | Paper | Venue | Links |
|---|---|---|---|
| 1 | **{WATER}** | ICML 2026 | [Poster](https://icml.cc/virtual/2026/poster/60543) |
| 2 | **{FERN}** | ICML 2026 | [arXiv]({P}) / [![Stars](https://img.shields.io/github/stars/a/fern)](https://github.com/a/fern/stargazers) |
""", [dict(title=WATER, url="https://icml.cc/virtual/2026/poster/60543"), dict(title=FERN, url=P, code_url="https://github.com/a/fern")]),
    "papers kept as files of the repository": (f"""
- [{WATER}](https://github.com/a/ponds/blob/main/papers/water.pdf) [notes](https://github.com/a/ponds/blob/main/water.md)
- [{FERN}]({P}) ---Notes:[PPTX](https://github.com/a/ponds/blob/main/fern.pptx)
""", [dict(title=WATER, url="https://github.com/a/ponds/blob/main/papers/water.pdf", code_url=None),
      dict(title=FERN, url=P, code_url=None)]),
    "a column of paper titles": (f"""
| Date | Paper Title | Presenter | Notes |
|---|---|---|---|
| 07.14 | [{WATER}]({P}) | Ann Lee | |
| 07.21 | {FERN} | Bo Dam | [Slides](./fern.pptx) |
""", [dict(title=WATER, url=P), dict(title=FERN, url=None)]),
    "a venue taken as printed in its column": (f"""
| Title | Year | Venue | Code |
|---|---|---|---|
| [{WATER}]({P}) | 2024 | Findings of the Association of Ponds: PND | \\\\ |
| [{FERN}]({Q}) | 2025 | Pond and Lake Matters and What They Mean | \\\\ |
""", [dict(title=WATER, year=2024, venue="Findings of the Association of Ponds: PND"),
      dict(title=FERN, year=2025, venue="Pond and Lake Matters and What They Mean")]),
    "a title in a column of names": (f"""
| 名称 | 时间 | 链接 |
|---|---|---|
| {WATER} | 2025.2.16 | [用大型洒水器浇灌植物 --- 2502.1 {WATER}]({P}) |
| Fern | 2023 | [{FERN}]({Q}) |
""", [dict(title=WATER, year=2025, url=P), dict(title=FERN, year=2023, url=Q)]),
    "a linked title in a column of publications": (f"""
| Date | Name | Publication | Repositories |
|---|---|---|---|
| `2024.04` | SkipNet | [{STONE}]({P}) | |
| `2024.03` | FernNet | [{FERN}]({Q}) | [git](https://github.com/a/fern) |
""", [dict(title=STONE, year=2024, url=P), dict(title=FERN, url=Q, code_url="https://github.com/a/fern")]),
    "columns of first and last authors, of short years": (f"""
|Date|The First and Last Authors|Title|Code|Reference|
|---|---|---|---|---|
|2021-12|A. Lee and B. Dam|{WATER}|None|[TMI2021]({P})|
|2021-11|C. Ek and D. Fir|{FERN}|None|[KBS2021]({Q})|

| Name | Paper | Code | J./C. |
|---|---|---|---|
| Reed | [{REED}]({R}) | [Python]({C}) | CVPR21,oral |
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B."], venue="TMI", year=2021),
      dict(title=FERN, authors=["Ek, C.", "Fir, D."], venue="KBS"), dict(title=REED, venue="CVPR", year=2021)]),
    "badges that name what they tell": (f"""
![](https://img.shields.io/badge/year-2001-g)![](https://img.shields.io/badge/pub-PNDS-orange)[{WATER}]({P})

![](https://img.shields.io/badge/year-2008-g)![](https://img.shields.io/badge/pub-CVPR-orange)[{FERN}]({Q}) |[code]({C})
""", [dict(title=WATER, venue="PNDS", year=2001), dict(title=FERN, venue="CVPR", year=2008, code_url=C)]),
    "names and what is said of them": (f"""
- **SkipNet** — temporal next-scale prediction for **long** ripples. [[paper]({P})]
- **FernNet** [[paper]({Q})] — counts ferns: **97 of 100 mills (4%) were found**. Closest to the truth.
""", [dict(title="SkipNet"), dict(title="FernNet")]),
    "an unknown venue of a short year between bars": (f"""
1. **[Skip]** | **PNDX'23** | {WATER} | [`[pdf]`]({P})
2. **[Fern]** | **Arixv'23.12** | {FERN} | [`[pdf]`]({Q})
""", [dict(title=WATER, venue="PNDX", year=2023), dict(title=FERN, year=2023)]),
    "people with initials behind them, the last before a stop": (f"""
Lee A, Dam B, Ek C. {WATER}. [ICCV 2021]({P})

Lee A , Dam B , Ek C . {FERN}. [ICLR 2020]({Q})
""", [dict(title=WATER, authors=["Lee, A", "Dam, B", "Ek, C."], venue="ICCV", year=2021),
      dict(title=FERN, n_authors=3, venue="ICLR", year=2020)]),
    "year and month, or the venue, joined to a title by a dash": (f"""
* [1510-{WATER}]({P})
* [1802-{FERN}-ICLR2018]({Q})
""", [dict(title=WATER, year=2015, month=10), dict(title=FERN, venue="ICLR", year=2018)]),
    "a fold that goes on with the paper above it": (f"""
<h2>2025-04</h2>

<div class="entry">
  <h3><a href="{P}">{WATER}</a></h3>
  <p><b>Published on:</b> 2025-04-23T13:10:37Z</p>
  <details>
    <summary>More Details</summary>
    <p><b>Authors:</b> Ann Lee, Bo Dam, Cy Ek</p>
    <p><b>Summary:</b> It waters plants.</p>
  </details>
</div>

<div class="entry">
  <h3><a href="{Q}">{FERN}</a></h3>
  <p><b>Published on:</b> 2025-04-21T17:08:45Z</p>
</div>
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], year=2025, month=4, section=["2025-04"], venue=None),
      dict(title=FERN, year=2025, day=21)]),
    "items that tell of the title among them, below their label": (f"""
- `【2024-04】-【Skip】-【Pond Labs】-【Type: Data】`
  - **{WATER}**
  - **Author(s):** Ann Lee, Bo Dam
  - [![GitHub stars](https://img.shields.io/github/stars/a/skip?style=social)](https://github.com/a/skip)
  - [Paper]({P})

- `【2025-01】-【Fern】-【Pond Labs】-【Type: Model】`
  - **{FERN}**
  - **Author(s):** Cy Ek, Dan Fir
  - [Paper]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2024, url=P, code_url="https://github.com/a/skip"),
      dict(title=FERN, authors=["Ek, Cy", "Fir, Dan"], year=2025, url=Q)]),
    "headings that are titles and a year": (f"""
# Ponds

## {WATER}. 2015

## Hyperponds. ICLR 2017

## {FERN}. NIPS'16
- [my note](https://ponds.org/note)

## {REED}. CVPR 2018
- It reads ponds.
""", [dict(title=WATER, year=2015), dict(title="Hyperponds", venue="ICLR", year=2017), dict(title=FERN, venue="NIPS", year=2016),
      dict(title=REED, venue="CVPR", year=2018)]),
    "one surname and a year before a quoted title": (f"""
3. Lee (2003): "{WATER}", [paper]({P}).
4. Dam et al. (2008): "{FERN}", [paper]({Q}).
""", [dict(title=WATER, authors=["Lee"], year=2003), dict(title=FERN, authors=["Dam"], et_al=True, year=2008)]),
    "people led by a word, and where it appeared": (f"""
* [{WATER}]({P}) by Ann Lee, Bo Dam and Cy Ek. pondconf 2021.
* [{FERN}]({Q}) by Dan 't Fir, Eve Gum and J. A. La Kip.arXiv 2018.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="pondconf", year=2021),
      dict(title=FERN, n_authors=3, venue="arXiv", year=2018)]),
    "a venue that labels the link to its paper": (f"""
| Model | Paper Title | Link |
|---|---|---|
| Skip | {WATER} | [ICML]({P}) |
| Fern | {FERN} | [arXiv]({Q}) |
""", [dict(title=WATER, venue="ICML", year=None, url=P), dict(title=FERN, venue=None, url=Q)]),
    "names that end with digits are no dates": (f"""
|  Title  |   Year  |
|:--------|:--------|
| [Wide Ponds for Covid-19 Classification Using Lake Images]({P}) | 2021 |
| [{FERN}]({Q}) | 2022 |
""", [dict(title="Wide Ponds for Covid-19 Classification Using Lake Images", year=2021, venue=None), dict(title=FERN, year=2022)]),
    "a table whose line is drawn with long dashes": (f"""
| Title | Venue / Year | Paper |
|–––|:–––:|–––|
| {WATER} | Pond Magazine/ 2023 | [paper]({P}) |
| {FERN} | Lakes/ 2022 | [paper]({Q}) |
""", [dict(title=WATER, venue="Pond Magazine", year=2023, url=P), dict(title=FERN, venue="Lakes", year=2022, url=Q)]),
    "files a repository keeps beside its code": (f"""
| Year | Paper | Code |
|---|---|---|
| 2008 | [{WATER}](https://github.com/a/ponds/files/583/OCCF.pdf) | OCCF |
| 2012 | [{FERN}](https://github.com/a/ponds/files/584/BPR.pdf) | [BPR](https://github.com/a/ponds/tree/master/BPR) |
""", [dict(title=WATER, year=2008, url="https://github.com/a/ponds/files/583/OCCF.pdf", code_url=None), dict(title=FERN, year=2012)]),
    "a publisher's page as the only link": (f"""
- **[2025] {WATER}** [Anthropic](https://alignment.anthropic.com/2025/water/)
  **Authors:** Ann Lee, Bo Dam
- [{FERN}]({Q})
""", [dict(title=WATER, url="https://alignment.anthropic.com/2025/water/", authors=["Lee, Ann", "Dam, Bo"]),
      dict(title=FERN)]),
    "a title in brackets before its links": (f"""
- [{WATER}] [[scholar]](https://scholar.google.com/scholar?q=water) [[arXiv]]({P}) [[code]]({C})
- [{FERN}] [[scholar]](https://scholar.google.com/scholar?q=fern) [[arXiv]]({Q}) [[code]]({D})
""", [dict(title=WATER, code_url=C), dict(title=FERN, code_url=D)]),
    "the list itself under its contents": (f"""
## Content
* *Ponds*:
  * (Nature 2023) **{WATER}**, Lee et al. [[Paper]({P})]
  * (PNDS 2022) **{FERN}** [[Paper]({Q})]
""", [dict(title=WATER, venue="Nature", year=2023), dict(title=FERN, venue="PNDS", year=2022)]),
    "an unknown venue and its year in one word": (f"""
1. **{WATER}.** SPND2013, *N. Lee et al*. [[Paper]({P})]
1. **{FERN}.** JPNDS2014, *R. Dam et al*. [[Paper]({Q})]
""", [dict(title=WATER, venue="SPND", year=2013, authors=["Lee, N."], et_al=True), dict(title=FERN, venue="JPNDS", year=2014)]),
    "headings that are titles and a month, with named items below": (f"""
# Ponds
### 1.1 Water
#### {WATER} (Skip) (2026-08)
- **简介**：这篇论文研究如何用大型洒水器浇灌植物，并比较了多种方法
- **环境**：Desktop、Web
- **arXiv**：[2401.00001]({P})

#### {FERN} (2026-07)
- **环境**：Mobile
- **arXiv**：[2402.00002]({Q})

#### {REED} (2026-05)
- **arXiv**：[2403.00003]({R})
""", [dict(title=f"{WATER} (Skip)", year=2026, month=8, url=P, section=["Ponds", "1.1 Water"]), dict(title=FERN, year=2026, url=Q),
      dict(title=REED, month=5, url=R)]),
    "works that have no longer name in the column of papers": (f"""
| Time | Paper | Approach | Venue | Pub & Date |
|---|---|---|---|---|
| 2025-02 | [FERNIT]({P}) | benchmark for diverse fern knowledge | ICLR 2025 | |
| 2024-12 | [MossEdit]({Q}) | more complete moss data and evaluation of walks | | **ArXiv** 24.12 |
""", [dict(title="FERNIT", venue="ICLR", year=2025), dict(title="MossEdit", year=2024, month=12)]),
    "journals cut short before a year": (f"""
1. **{WATER}.** J. Pond. Inf. Model. 2022. [[Paper]]({P})
1. **{FERN}.** Future Gener. Pond. Syst. 2021. [[Paper]]({Q})
""", [dict(title=WATER, venue="J. Pond. Inf. Model", year=2022, authors=[]), dict(title=FERN, venue="Future Gener. Pond. Syst", year=2021)]),
    "names of works are nobody": (f"""
4. **{WATER}** ACL 2020

    `PondTableQuestions, SpiderQA`

    [[Paper]({P})] *Ann Lee, Bo Dam*

5. **{FERN}** EMNLP 2021

    `PondTableQuestions, FernQA`

    [[Paper]({Q})] *Cy Ek, Dan Fir*
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Fir, Dan"])]),
    "a preprint, and then where it was printed": (f"""
- {WATER}, [[arXiv 2018]]({P}) [[ACL 2019]]({DOI}) [[code]]({C})
- {FERN}, [[arXiv 2020]]({Q}) [[data]]({D})
""", [dict(title=WATER, venue="ACL", year=2019, url=P), dict(title=FERN, venue="arXiv", year=2020)]),
    "titles that end with a sign or a number before the venue": (f"""
- Fast Ponds with SKIP+. VLDB. 2015. [[paper]]({P})
- Fast and Exact Ponds with SKIP 3. ESWC. 2020. [[paper]]({Q})
- Fast Ponds in the Deep Blue Lake. ICLR.2018. [[paper]]({R})
""", [dict(title="Fast Ponds with SKIP+", venue="VLDB", year=2015), dict(title="Fast and Exact Ponds with SKIP 3", venue="ESWC"),
      dict(title="Fast Ponds in the Deep Blue Lake", venue="ICLR", year=2018)]),
    "a prize in brackets, a journal as the name of the link": (f"""
* {WATER} (**LOG Best Paper**) [[paper]({P})]
* {FERN} [[Royal Pond Society Series B]](<{Q}>)
""", [dict(title=WATER, url=P), dict(title=FERN, url=Q)]),
    "one of the people before a comma and a subtitle": (f"""
[8] Lee et al, Quiet Competition: Joint Ponds of Depth and Motion, CVPR 2019, [PDF]({P}), [Code]({C})

[9] Dam et al, {FERN}, ICCV 2019, [PDF]({Q})
""", [dict(title="Quiet Competition: Joint Ponds of Depth and Motion", authors=["Lee"], et_al=True, venue="CVPR"),
      dict(title=FERN, authors=["Dam"], year=2019)]),
    "a year behind a comma at the end of a linked title": (f"""
[Quiet Ponds, 2017]({P}): which is the most widely applied way to look at water.

[{WATER}, 2018]({Q}): applied to many plants.
""", [dict(title="Quiet Ponds", year=2017), dict(title=WATER, year=2018)]),
}


@pytest.mark.parametrize("habit", HABITS)
def test_every_habit_gives_its_papers(habit):
    text, expected = HABITS[habit]
    assert expected == read_like(text, expected)


def test_a_list_as_long_as_the_years_keeps_its_numbers():
    rows = paper_lists.read("\n".join(f"{n}. [Pond Number {n} of Quiet Lakes]({P}{n})" for n in range(1890, 1911)))
    assert [f"Pond Number {n} of Quiet Lakes" for n in range(1890, 1911)] == [row["title"] for row in rows]
    assert {None} == {row.get("year") for row in rows}


@pytest.mark.parametrize("heading, role", [
    ("Author(s)", "authors"), ("Lead author", "authors"), ("Auther", "authors"), ("论文作者", "authors"),
    ("Venue (year)", "venue"), ("Veneue", "venue"), ("Venue Year", "venue"), ("Publication, Year", "venue"),
    ("发表会议", "venue"), ("Date (arXiv)", "date"), ("Accepted Date", "date"), ("Year of Publication", "date"),
    ("Time (YYYY/MM)", "date"), ("Submitted", "date"), ("Code/Paper", "link"), ("Article link", "link"),
    ("Open-source code", "code"), ("Code Repository / GitHub Link", "code"), ("代码地址", "code"),
    ("Inline Citation in Short form", "paper"), ("Research institution", "organisation")])
def test_a_column_is_known_by_the_words_of_its_heading(heading, role):
    assert role == column_role(heading)


@pytest.mark.parametrize("text, label", [
    ("arXiv 2406", Label("arXiv", 2024, 6)), ("arXiv'2311", Label("arXiv", 2023, 11)),
    ("arXiv:2012.00001", Label("arXiv")), ("2308", Label(year=2023, month=8)), ("ICML.'20", Label("ICML", 2020)),
    ("Pond Review 59.1 (2017): 22", Label("Pond Review", 2017)),
    ("Pond Letters 12(3), 4–9 (2021)", Label("Pond Letters", 2021)), ("Nat Commun 13 (2022)", Label("Nat Commun", 2022)),
    ("Computational Linguistics 2007", Label("Computational Linguistics", 2007)),
    ("Transactions of the Association for Ponds", Label("Transactions of the Association for Ponds"))])
def test_a_label_is_read(text, label):
    assert label == read_label(text)


@pytest.mark.parametrize("text, label", [
    ("Pond Notes, 2008, 5034: 337-348", Label("Pond Notes", 2008)), ("PONDS10 2021", Label("PONDS10", 2021)),
    ("Pond Reports, 29(11), 3367-3373.e4", Label("Pond Reports")), ("Pond Notes, 23(1), bbab408", Label("Pond Notes")),
    ("A. Lee, B. Dam", None), ("Lee et al. 2020", None)])
def test_a_label_in_its_place_is_read(text, label):
    assert label == read_label(text, trusted=True)


@pytest.mark.parametrize("text", ["ICML 2020, Lee et al", "From Ponds to Lakes with Journal 2020",
                                  "Towards a Journal of Ponds 2020", "MIT Press 2000"])
def test_titles_people_and_publishers_are_no_label(text):
    assert read_label(text) is None


@pytest.mark.parametrize("text, label, rest", [
    ("2021-Tidy Ponds at Night", Label(year=2021), "Tidy Ponds at Night"),
    ("2020-AAAI-Tidy Ponds", Label("AAAI", 2020), "Tidy Ponds"),
    ("In ICML 2020: Tidy Ponds", Label("ICML", 2020), "Tidy Ponds"),
    ("ICCV21 Tidy Ponds at Night", Label("ICCV", 2021), "Tidy Ponds at Night"),
    ("KDD, 2020 Tidy Ponds", Label("KDD", 2020), "Tidy Ponds")])
def test_a_label_before_a_title_is_read(text, label, rest):
    found = starts_with_label(text)
    assert found is not None and (label, rest) == (found[0], text[found[1]:])


@pytest.mark.parametrize("text, names", [
    ("Lee, A., Dam, B., … Ek, C.", ("Lee, A.", "Dam, B.", "Ek, C.")),
    ("Ann Lee, Bo Dam (Pond Technologies, Inc)", ("Lee, Ann", "Dam, Bo")),
    ("Lee, Ann and Dam, Bo D.", ("Lee, Ann", "Dam, Bo D.")),
    (r"Bo D{\`a}m, Ann Lee", ("Dàm, Bo", "Lee, Ann"))])
def test_people_are_read(text, names):
    assert (names, False) == read_people(text)


def test_what_begins_with_an_article_is_nobody():
    assert read_people("An Old Pond", lone=True) is None


@pytest.mark.parametrize("name, family_first", [("JEAN-LUC DAM", "DAM, JEAN-LUC"), ("ÉMILE DAM", "DAM, ÉMILE")])
def test_a_short_family_name_in_capitals_is_no_initials(name, family_first):
    assert family_first == person_name(name)


@pytest.mark.parametrize("text, names, title, label", [
    ("Ann Lee and Bo Dam: Tidy Ponds, Journal of Ponds, 2020", ("Lee, Ann", "Dam, Bo"), "Tidy Ponds", Label("Journal of Ponds", 2020)),
    ("Ann Lee, et al.: Tidy Ponds. 2019", ("Lee, Ann",), "Tidy Ponds", Label(year=2019))])
def test_a_title_after_people_and_a_colon_is_read(text, names, title, label):
    found = citations.read_after_colon(text)
    assert (names, title, label) == (found.people[0], text[slice(*found.title)].strip(), found.label)


@pytest.mark.parametrize("text", ["Ann Lee and Bo Dam: Tidy Ponds at Night", "Water of the Ponds: Lakes at Night, 2020",
                                  "Ann Lee: Tidy Ponds at Night, 2001"])
def test_a_subtitle_is_no_title_after_people(text):
    assert citations.read_after_colon(text) is None


@pytest.mark.parametrize("text, title, label", [
    ("Lee A, Dam B, et al. Tidy Ponds at Night[J]. Pond Letters, 2016", "Tidy Ponds at Night", Label("Pond Letters", 2016)),
    ('Lee, Ann. "Tidy Ponds." Pond Letters (2014)', "Tidy Ponds", Label("Pond Letters", 2014)),
    ("Lee, A., … Ek, C. (2019). Tidy Ponds at Night. Pond Reports, 29(11), 3367-3373.e4", "Tidy Ponds at Night", Label("Pond Reports", 2019))])
def test_a_reference_is_read(text, title, label):
    found = citations.read_reference(text)
    assert found is not None and (title, label) == (text[slice(*found.title)], found.label)


@pytest.mark.parametrize("text, label, names", [
    ("ICML 2020, Lee et al.", Label("ICML", 2020), (("Lee",), True)),
    ("2018.09 Ann Lee, Bo Dam", Label(year=2018, month=9), (("Lee, Ann", "Dam, Bo"), False))])
def test_a_label_and_people_are_read(text, label, names):
    assert (label, names) == tails.label_and_people(text)


@pytest.mark.parametrize("label, kind", [
    ("Paper (Low Resolution)", "paper"), ("PDF (2 MB", "paper"), ("Code (soon)", "code"), ("slides (pdf)", "other"),
    ("presentation", "other"), ("recording", "other")])
def test_the_label_of_a_link_tells_its_kind(label, kind):
    assert kind == label_kind(label)
