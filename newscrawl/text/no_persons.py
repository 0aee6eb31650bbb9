"""Words that tell an outlet, an agency, an office or a button from a person's name, in many languages.

All in lower case; the agencies as :func:`newscrawl.text.credited.letters` writes them.
"""

from __future__ import annotations

_OFFICES = """
staff editor editors editorial desk team newsroom newsdesk report reports reporter reporters correspondent
correspondents writer
writers contributor contributors contributed columnist freelance journalist journalists intern producer guest chief
executive director professor fellow author authors special
redaktion onlineredaktion sportredaktion redakteur redakteurin korrespondent korrespondentin reporterin gastautor
gastbeitrag
autor autorin pressemitteilung polizei
rédaction journaliste correspondant correspondante envoyé envoyée spécial spéciale
redacción redaccion periodista enviado enviada corresponsal redazione giornalista inviato inviata corrispondente
redação redacção jornalista redacció redactie verslaggever verslaggeefster
redaksjonen redaktionen redaksjon redaktør redaktör toimitus ritstjórn blaðamaður
redakcja dziennikarz opracowanie redakce redakcia redakcija redakció szerkesztőség redacția novinář
редакция корреспондент редактор журналист редакція редакцията кореспондент
editör editörü muhabir muhabiri servisi merkezi redaksi
"""
_OUTLETS = """
news agency agencies press media magazine journal times newspaper daily weekly gazette tribune herald online digital
network
radio tv television broadcasting service services bureau institute university department foundation association
company group
inc ltd llc gmbh corp sport sports politics business culture local world international national global today web
agentur agenturen nachrichten nachrichtenagentur zeitung presse politik wirtschaft kultur panorama lokales welt
agence agences politique agencia agencias noticias diario periódico agenzia agenzie notizie agência agências notícias
jornal
cultura nieuws nyheter nyhetsbyrå nyhedsbureau fréttir uutiset agencja agentura zprávy správy
агентство новости газета агенція новини агенция haber haberleri haberler ajansı ajans
"""
_BUTTONS = """
admin administrator webmaster user anonymous unknown view more read follow share about profile posts comments comment
email
e-mail twitter facebook instagram linkedin subscribe updated published app newsletter store home login startseite
weltweit
"""
_AGENCIES = """
dpa dpaafx reuters thomsonreuters afp agencefrancepresse ap apnews associatedpress theassociatedpress efe agenciaefe
ansa
adnkronos agi sid apa sda ats keystonesda keystone pap ctk tasr sita mti hina tanjug agerpres bta ritzau ntb tt stt
belga anp
lusa upi bloomberg bloombergnews ani pti ians xinhua yonhap kyodo kyodonews jiji jijipress tass тасс риановости
интерфакс
interfax ukrinform укрінформ anadoluajansi anadoluagency aa dha iha cnn bbc europapress ots panews pamedia
pressassociation
canadianpress thecanadianpress aap australianassociatedpress antara bernama agenciabrasil estadaoconteudo folhapress
notimex
prensalatina telam kna epd kathpress dts afprelaxnews prnewswire businesswire globenewswire gettyimages imagoimages
sputnik
共同通信 時事通信 時事 共同 연합뉴스 뉴시스 뉴스1
"""
_PLACE_HEADS = """
new los las san santa são saint st sankt fort port cape hong tel buenos kuala rio den the north south east west abu
addis
porto ciudad nueva mexico washington
"""
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday january february september october november december oct nov
dec
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar oktober dezember
lundi mardi mercredi jeudi vendredi samedi dimanche sept feb updated published posted
"""

NOT_IN_NAMES = frozenset((_OFFICES + _OUTLETS + _BUTTONS).split())
"""No person's name holds one of them."""
AGENCIES = frozenset(_AGENCIES.split())
PLACE_HEADS = frozenset(_PLACE_HEADS.split())
"""Behind a person's name the first word of a place: 'Jane Doe, New York'."""
DAYS = frozenset(_DAYS.split())
"""A name ends before them; days and months that are names too (March, Jan) are left to the digits behind them."""
NOT_IN_CJK = (
    r"新聞|新報|通信|通訊|編集|編輯|オンライン|ニュース|取材班|日刊|週刊|月刊|放送|テレビ|支局|総局|委員会|[社部局]$|Web|チーム|デスク"
    r"|특별취재|취재팀|신문|뉴스|일보|통신|방송|편집|디지털|온라인|[팀국부]$"
)
"""A pattern: what no Japanese or Korean person's name holds."""
