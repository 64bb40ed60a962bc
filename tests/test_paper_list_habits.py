# ruff: noqa: E501 (the fixtures are lines as lists print them)
"""The habits of those who write paper lists: one small invented list each, and what must be read from it."""

import pytest

from review_kit.formats import paper_lists

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
""", [dict(title=WATER, venue="SIGIR", year=2015, authors=None), dict(title=FERN, venue="Pattern Lakes", year=2015),
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

  *Ann Lee, Bo Dam.* [PDF]({P}), *Pond Letters*, 38(1):153-183, 2012

2. **{FERN}**

  *Cy Ek.* [PDF]({Q}), *Journal of Ponds*, vol. 13, 2000
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], url=P, year=2012, venue="Pond Letters"),
      dict(title=FERN, authors=["Ek, Cy"], url=Q, year=2000, venue="Journal of Ponds")]),
    "lines that begin with a year are no numbered items": (f"""
2019. {WATER}. [[paper]({P})]

2020. {FERN}. [[paper]({Q})]
""", [dict(title=WATER, year=2019, url=P), dict(title=FERN, year=2020, url=Q)]),
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
- ## Gardens
  - [{WATER}]({P})
- ## Lakes
  - [{STONE}]({Q})
""", [dict(title=WATER, section=["Gardens"]), dict(title=STONE, section=["Lakes"])]),
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
      dict(title=REED, venue="Ripples", authors=None, year=2021)]),
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
- Lee, A., Dam, B., & Ek, C. (2016). {FERN}. Ponds (Oxford, England), 32(19), 2891–2895. {DOI}2
""", [dict(title=WATER, authors=["Lee, A.", "Dam, B.", "Ek, C."], venue="Pond Reports", year=2019),
      dict(title=FERN, authors=["Lee, A.", "Dam, B.", "Ek, C."], venue="Ponds (Oxford, England)", year=2016)]),
    "a whole quoted reference in the link": (f"""
- [Lee, Ann, Bo Dam, and Cy Ek. "{WATER}." arXiv preprint arXiv:2401.00001 (2024).]({P})
- [Lee, Ann. "{FERN}." Pond Letters (2014).]({Q})
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo", "Ek, Cy"], venue="arXiv", year=2024),
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
    "badges that name the link, the venue and the year": (f"""
- **{WATER}**. [![Paper](https://img.shields.io/badge/Paper-PONDS%202022-blue.svg)]({DOI})
- **{FERN}**. [![](https://img.shields.io/badge/LAKES_2021-529?style=flat)]({Q})
""", [dict(title=WATER, venue="PONDS", year=2022, url=DOI), dict(title=FERN, venue="LAKES", year=2021, url=Q)]),
    "a bold nickname and what it is behind a dash": (f"""
- **SprinkleNet** — watering of plants by large and small sprinklers. [![Paper](https://img.shields.io/badge/Paper-PONDS%202022-blue.svg)]({P})
- **Fern Review** — review of the ferns in the shade of mills. [![Paper](https://img.shields.io/badge/Paper-LAKES%202024-blue.svg)]({Q})
""", [dict(title="SprinkleNet", venue="PONDS", year=2022), dict(title="Fern Review", venue="LAKES", year=2024)]),
    "numbers of arXiv are no years": (f"""
- {WATER}, arXiv 2012.00001 [[paper](https://arxiv.org/abs/2012.00001)]
- **{FERN}**. Ann Lee, Bo Dam. arXiv:2009.05381
""", [dict(title=WATER, venue="arXiv", arxiv_id="2012.00001", year=None), dict(title=FERN, venue="arXiv", year=None)]),
    "year and month behind arXiv": (f"""
- {WATER}, Arxiv 2406 [[paper]({P})]
- {FERN} (arXiv 2311) [[paper]({Q})]
""", [dict(title=WATER, venue="arXiv", year=2024, month=6), dict(title=FERN, venue="arXiv", year=2023, month=11)]),
    "year and venue joined to the title by dashes": (f"""
- [2020-aaai-{WATER}]({P})
- [2021-{FERN}]({Q})
""", [dict(title=WATER, venue="AAAI", year=2020), dict(title=FERN, year=2021)]),
    "people, a colon and the title": (f"""
* Ann Lee and Bo Dam: {WATER}, 2014.
* Ann Lee: {FERN}, MSR Technical Report, 2001.
* Ann Lee, et al.: {REED}, J. of Pond Research, 2003.
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"], year=2014), dict(title=FERN, authors=["Lee, Ann"], year=2001),
      dict(title=REED, authors=["Lee, Ann"], et_al=True, year=2003)]),
    "places of work in brackets behind people": (f"""
- **{WATER}**. Ann Lee, Bo Dam (Pond Technologies, Inc). [[paper]({P})]
- **{FERN}**. Cy Ek, Ann Lee (University of Lakes). [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Lee, Ann"])]),
    "names in capitals": (f"""
- **{WATER}**. ANN LEE, BO DAM. [[paper]({P})]
- **{FERN}**. CY EK and BO DAM. [[paper]({Q})]
""", [dict(title=WATER, authors=["Lee, Ann", "Dam, Bo"]), dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"])]),
    "an address in square brackets": (f"""
- (*ACL'24*) {WATER} [[paper][{P}]] [[code]({C})]
- (*ACL'23*) {FERN} [[paper][{Q}]]
""", [dict(title=WATER, venue="ACL", year=2024, url=P, code_url=C), dict(title=FERN, venue="ACL", year=2023, url=Q)]),
    "long prose is no title": (f"""
- {WATER}. [[paper]({P})]
- {FERN}. [[paper]({Q})]

This page was made in ICML 2020 by those who walk around ponds and count what they find there and then write it down and send it to us so that
we may put it into the list which you see above and below and which grows from day to day as ponds do when rain falls in the spring of 2021 and 2022
""", [dict(title=WATER), dict(title=FERN)]),
    "a stop within a title and a number behind it": (f"""
- Sprinklers vs. Cans in Large Gardens. Ann Lee, Bo Dam. ICML 2019. [[pdf]({P})]
- {FERN} (2). Cy Ek, Bo Dam. ICML 2020. [[pdf]({Q})]
""", [dict(title="Sprinklers vs. Cans in Large Gardens", authors=["Lee, Ann", "Dam, Bo"], venue="ICML", year=2019),
      dict(title=FERN, authors=["Ek, Cy", "Dam, Bo"], venue="ICML", year=2020)]),
}
