"""A loopback origin of news pages for benchmarks/crawl.py: ``python benchmarks/origin.py PORT ARTICLES``.

Article pages of mixed sizes (median about 60 kB, more than 800 elements each) in the shape of a portal's markup,
listing pages of 125 links, a robots.txt. Pages are made from their number, so any count costs no memory. Invented text.
"""

from __future__ import annotations

import asyncio
import random
import sys
from functools import cache

PER_LIST = 125
TEXT = (
    "太原 市民 公园 今日 开放 项目 建设 部门 表示 记者 了解 到 企业 创新 发展 "
    "生态 保护 服务 社区 老人 学生 教育 文化 博物馆 展览 交通 地铁 线路 客流 增长 "
    "同比 农业 苹果 丰收 村民 合作社 销售 电商 平台 直播 旅游 古城 景区 游客 冬季 "
    "供暖 保障 气温 下降 降雪 道路 畅通 医院 专家 提醒 健康 体育 比赛 冠军 队员 "
    "训练 科技 论坛 合作 交流 经济 数据 显示 消费 市场 活力"
)
WORDS = TEXT.split()


@cache
def chrome() -> tuple[str, str, str]:
    """Head with menu, a side list and the foot: the same on every page, as on a real portal."""
    menu = "".join(f'<li><a href="/channel{n}/">频道{n}</a></li>' for n in range(60))
    side = "".join(
        f'<li><div class="box"><a href="/pic/{n}.shtml"><img src="/i/{n}.jpg" alt="图{n}"></a><em>推荐阅读{n}</em>'
        f"<span>2025-11-18</span></div></li>"
        for n in range(110)
    )
    script = "<script>" + "var slot=[];" + "slot.push({id:'u5891748',async:true});" * 120 + "</script>"
    head = f'<div class="nav"><ul>{menu}</ul></div>{script}'
    return head, f'<div class="side"><ul>{side}</ul></div>', f'<div class="foot">{script}</div>'


def article(number: int) -> bytes:
    dice = random.Random(number)
    paragraphs = [
        "<p>　　" + "".join(dice.choices(WORDS, k=dice.randint(20, 70))) + "。</p>" for _ in range(dice.randint(5, 22))
    ]
    place = dice.choice(("太原", "大同", "运城", "晋中", "长治"))
    paragraphs[0] = paragraphs[0].replace("<p>　　", f"<p>　　中新网{place}11月19日电 (记者 李明远 王思雨)", 1)
    filler = "<script>" + "var x = 'data';" * int(dice.lognormvariate(6.9, 0.8)) + "</script>"
    head, side, foot = chrome()
    foot = side * dice.choice((1, 1, 2, 2, 3)) + foot
    title = f"{place}{''.join(dice.choices(WORDS, k=6))}{number}"
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-基准新闻</title>
<meta name="keywords" content="{place},基准"></head><body>{head}
<div class="content"><h1 class="title">{title}</h1>
<div class="info">2025年11月19日 1{number % 10}:{number % 6}5　来源：基准新闻网</div>
<div class="left_zw">{"".join(paragraphs)}</div><div class="editor">【编辑:赵一鸣】</div></div>
{foot}{filler}</body></html>"""
    return page.encode()


def listing(page: int, articles: int) -> bytes:
    numbers = range((page - 1) * PER_LIST, min(page * PER_LIST, articles))
    items = "".join(f'<li><a href="/a/{n}.shtml">第{n}条</a> <span>11-19 16:29</span></li>' for n in numbers)
    return f'<html><head><meta charset="utf-8"></head><body><ul class="list">{items}</ul></body></html>'.encode()


def answer(path: str, articles: int) -> tuple[int, str, bytes]:
    if path == "/robots.txt":
        return 200, "text/plain", b"User-agent: *\nDisallow: /private/\n"
    if path.startswith("/a/"):
        return 200, "text/html; charset=utf-8", article(int(path[3:].split(".")[0]))
    if path.startswith("/list/"):
        return 200, "text/html; charset=utf-8", listing(int(path[6:].split(".")[0]), articles)
    return 404, "text/plain", b"not here"


async def serve(port: int, articles: int) -> None:
    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                status, kind, body = answer(path, articles)
                writer.write(
                    f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(client, "127.0.0.1", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
