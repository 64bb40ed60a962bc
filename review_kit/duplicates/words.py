"""What must be known about words to compare titles and venues; no logic, so that a word is added in one place."""

from __future__ import annotations

# Words that databases and publishers hang on a title in brackets, as regular expressions; they are no part of it.
TITLE_LABELS = (
    r"reviews?(?: article)?", "erratum", "errata", "corrigendum", "published erratum", "corrected", "retracted",
    "summary for patients", "comments?", "see comments?", "abstract", "extended abstract", "short version",
    "full version", r"demo(?:nstration)?s?(?: abstract| description| paper)?", r"panel(?: session)?", "tutorial",
    "experience paper", "poster", r"invited (?:talk|paper)", "keynote", r"\d+ refs?", "letter", "editorial",
    "in process citation", "epub ahead of print", "author'?s transl", "proceeding", "meeting abstract", "preprint",
)

# Titles made of these words (and words of the venue) alone come again in every issue.
USUAL_WORDS = frozenset("""
    a an the of in on for and or to from by with s this that book books review reviews column columns editor editors
    editorial editorials guest comment comments commentary message messages chair chairs president introduction
    introductory preface foreword front back matter cover contents content table index issue issues opinion opinions
    news newsletter notes note letter letters reply response discussion correspondence announcement announcements call
    calls papers paper special section session sessions abstract abstracts errata erratum corrigendum correction author
    authors reviewers acknowledgment acknowledgements obituary memoriam annual report reports remarks welcome article
    articles research part volume number year january february march april may june july august september october
    november december meeting conference proceedings poster posters program overview summary summaries conclusion
    conclusions references appendix supplement supplementary keynote panel tutorial brief untitled no title unknown
    anonymous
""".split())

# A title that begins with one of these, where the other does not, is about the other paper.
NOTICES = frozenset("""
    erratum errata corrigendum correction retraction retracted withdrawn comment comments commentary reply response re
    author authors rebuttal rejoinder discussion review editorial letter note supplement supplementary appendix addendum
""".split())

LITTLE_WORDS = frozenset("a an the of in on for and or to by at with from as its is are s".split())
ROMAN_NUMBERS = frozenset("i ii iii iv v vi vii viii ix x".split())

# Beginnings by which words of opposite meaning differ although their letters nearly agree.
OPPOSITES = (
    ("hyper", "hypo"), ("in", "de"), ("as", "de"), ("im", "ex"), ("af", "ef"), ("m", "p"), ("ante", "post"),
    ("intra", "inter"), ("pre", "post"), ("pre", "pro"), ("macro", "micro"), ("anti", ""), ("non", ""), ("un", ""),
    ("in", ""), ("im", ""), ("ir", ""), ("il", ""), ("a", ""), ("dis", ""), ("de", ""), ("re", ""), ("fe", ""),
    ("mono", "poly"), ("super", "sub"), ("exo", "endo"), ("uni", "bi"), ("bi", "tri"), ("multi", "uni"), ("ab", "ad"),
    ("a", "e"), ("in", "out"), ("in", "ex"), ("up", "down"), ("under", "over"), ("off", "on"),
)

# Words of a venue that say nothing about which one it is.
VENUE_LITTLE_WORDS = frozenset("the of and in on for a an de la et und der proceedings proc".split())
MEETING_WORDS = frozenset("""
    international intl int annual conference conf symposium symp workshop meeting congress ieee acm th st nd rd first
    second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth advances volume vol editor editors eds
    press
""".split())
PREPRINT_VENUES = (
    "arxiv", "corr", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "ssrn", "research square", "preprints?", "techrxiv",
    "osf", "openreview", "hal",
)
PREPRINT_DOIS = (
    "48550", r"1101/(?:\d{4}\.|\d{6})", "21203", "2139/ssrn", "20944", "31234", "31219", "36227", "26434", "22541",
)

# Venues that go by names which no rule can derive: phrases (as in `venue_form`) and the venue; the first that fits.
KNOWN_VENUES = (
    (r"sigmod record", "sigmod record"),
    (r"sigmod|management data", "sigmod"),
    (r"vldb j\w*|journal very large data bases?", "vldb journal"),
    (r"p?vldb|very large data bases?", "vldb"),
    (r"neurips|nips|neural information processing systems", "neurips"),
    (r"iclr|learning representations", "iclr"),
    (r"aistats|artificial intelligence statistics", "aistats"),
    (r"icml|(?:international|intl|int) conf\w* machine learning", "icml"),
    (r"naacl|north american chapter", "naacl"),
    (r"eacl|european chapter", "eacl"),
    (r"tacl|transactions association comp\w* linguistics", "tacl"),
    (r"emnlp|empirical methods", "emnlp"),
    (r"acl|meeting association comp\w* linguistics", "acl"),
    (r"cvpr|computer vision pattern recognition", "cvpr"),
    (r"eccv|european conf\w* computer vision", "eccv"),
    (r"iccv|(?:international|intl|int) conf\w* computer vision", "iccv"),
    (r"miccai|medical image computing", "miccai"),
    (r"ijcai|joint conf\w* artificial intelligence", "ijcai"),
    (r"aaai|national conf\w* artificial intelligence", "aaai"),
    (r"colt|learning theory", "colt"),
    (r"stoc|theory computing", "stoc"),
    (r"focs|foundations computer science", "focs"),
    (r"kdd|knowledge discovery data mining", "kdd"),
    (r"sigir|(?:research )?development information retrieval", "sigir"),
    (r"icde|data engineering", "icde"),
    (r"pods|principles database systems", "pods"),
    (r"tods|trans\w* database sys\w*", "tods"),
    (r"jmlr|journal machine learning research", "jmlr"),
    (r"tpami|trans\w* pattern anal\w*", "tpami"),
    (r"chi|human factors computing", "chi"),
    (r"cacm|communications acm|commun acm", "cacm"),
    (r"jacm|journal acm|j acm", "jacm"),
    (r"pnas|natl acad sci|national academy sciences", "pnas"),
    (r"jama|journal american medical association", "jama"),
    (r"nejm|n engl j med|new england journal medicine", "nejm"),
    (r"bmj|british medical journal", "bmj"),
)

# How letters of other alphabets are written in Latin ones.
TO_LATIN = {
    **{letter: f" {name} " for letter, name in zip("αβγδεζηθικλμνξοπρσςτυφχψω", (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega").split(), strict=True)},
    **dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэюяіїє", (
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch y e iu ia i i e").split(), strict=True)),
    "ъ": "", "ь": "",
}
