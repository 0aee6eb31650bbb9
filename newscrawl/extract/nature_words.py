"""The words by which headings, titles and addresses say that a page is no article, in the languages of the press."""

from __future__ import annotations

import re

LIST_TITLE = re.compile(
    r"^(?:(?:tags?|topics?|category|categories|authors?|archives?(?: for)?|search(?: results)?(?: for)?|results for"
    r"|posts? (?:by|tagged)|(?:articles|stories|all posts) by)\s*[:：\"'“‘|-]|search results|archives?$|tag archives"
    r"|author archives|(?:latest|all|more|recent|top) (?:\w+ )?(?:news|stories|articles|posts|headlines)$"
    r"|(?:most (?:read|popular|viewed))\b|(?:标签|标籤|栏目|频道|分类|作者|关键词|搜索|检索|专题|归档|存档)\s*[:：]"
    r"|.{0,12}(?:搜索结果|检索结果|的搜索|的文章列表|新闻列表|文章列表)|(?:.{1,12}的(?:全部|所有|最新)?(?:文章|稿件|作品|新闻))$"
    r"|(?:滚动新闻|新闻排行|热门标签|最新文章|新闻排行榜)$)|(?:第\s?\d+\s?页|\bpage \d+(?: of \d+)?)$",
    re.IGNORECASE,
)
COMMENTS_TITLE = re.compile(
    r"^(?:\d+ )?(?:comments|responses|replies|discussion|reader comments)\b"
    r"|^(?:(?:网友|全部|最新|热门|读者|新闻)(?:评论|跟帖|留言)|(?:跟帖|留言)(?=\s*[:：(（《“-]|$|列表|区)|评论(?:$|列表|区))"
    r"|(?:的|-|_)(?:全部)?(?:网友)?(?:评论|跟帖)$",
    re.IGNORECASE,
)
STATIC_TITLE = re.compile(
    r"(?:about(?: us| the (?:site|newspaper|paper|gazette|company))?|contact(?: us)?|contacts?|imprint|impressum"
    r"|privacy(?: policy| notice)?|terms(?: of (?:use|service))?(?: (?:and|&) conditions)?|cookie policy|careers|jobs"
    r"|advertise(?: with us)?|subscribe|newsletters?|site ?map|help|faq|log ?in|sign (?:in|up)|register|my account"
    r"|editorial (?:team|policy|standards)|our team|corrections policy|datenschutz(?:erklärung)?|kontakt"
    r"|mentions légales|关于(?:我们|本站|本网|.{2,8}网)|联系我们|联系方式|版权(?:声明|信息)|免责声明"
    r"|隐私(?:政策|声明|条款)|服务(?:协议|条款)|用户协议|广告(?:服务|合作)|招聘(?:信息|英才)?|诚聘英才|加入我们"
    r"|网站地图|投稿(?:须知|指南)?|举报(?:电话|受理)?|用户登录|登录|会员登录|注册|网站简介|本站简介|意见反馈)",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\W*(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}\s?日?|\s?月)?|(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} (?:\d{1,2}, )?(?:19|20)\d\d)(?:\s?的?新闻)?\W*",
    re.IGNORECASE,
)
"""A heading that is a day or a month: a page of the archive."""
NOTICE = re.compile(
    r"^\W*(?:(?:oops|sorry)\W+)?(?:something went wrong|just a moment|checking your browser|access denied"
    r"|attention required|service unavailable|bad gateway|too many requests|are you (?:a )?(?:human|robot)"
    r"|verify (?:that )?you are|you are (?:now )?leaving|please (?:wait|enable)|(?:访问|安全|人机)(?:验证|检查)"
    r"|系统(?:繁忙|错误|维护)|服务器(?:错误|繁忙))",
    re.IGNORECASE,
)
"""How a page begins that stands in the way of another."""
NOT_HERE = re.compile(r"404(?!\w)|页面(?:不存在|没有找到|未找到)|page not found|not found", re.IGNORECASE)
COMMENT_PLACE = re.compile(r"(?:comments?|commentid|pinglun|reply|replies|liuyan|guestbook|feedback)(?![a-z])")
COMMENT_BOX = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|reply|replies|pinglun|liuyan|respond|reader-?comment)(?:$|[\s_-])", re.I
)
PRINT_PLACE = re.compile(r"(?:^|[/._?&=])(?:print|printer|printable|dayin)(?:$|[/._?&=])")
"""Words of their own: 'print-is-not-dead.html' is a title."""
ARTICLE = re.compile(r"(?:^|[/:#])(?:\w*Article|BlogPosting|Report|LiveBlogPosting|Recipe|Review)$")
