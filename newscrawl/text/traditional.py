"""Traditional script (繁体) read with rules written in simplified: 中新網太原11月19日電, 責任編輯：, 記者 某某報導.

A text is folded sign by sign to the simplified script, so that every offset stays; it is read; what was found is
taken from the text as printed at the same offsets. The table holds the signs that the rules of this room ask for (form
words, titles, outlets, cities, surnames) and no more: it is no converter. Where the simplified script writes two words
with one sign (裡/里, 鬆/松) it keeps to what datelines and bylines print.
"""

from __future__ import annotations

import re

_PAIRS = """
亞亚 來来 侷局 係系 俠侠 倉仓 個个 們们 倫伦 傳传 僑侨 價价 儀仪 儲储 內内 兩两 別别 刪删 則则 剛刚 創创 劃划 劉刘
動动 務务 勞劳 匯汇 區区 協协 厲厉 參参 叢丛 吳吴 呂吕 員员 問问 喬乔 單单 嚴严 國国 圍围 園园 圖图 團团 堅坚 報报
場场 壇坛 壓压 壽寿 夾夹 娛娱 婁娄 婦妇 孫孙 學学 宮宫 實实 寧宁 審审 寫写 寶宝 將将 專专 對对 導导 岡冈 島岛 峽峡
崗岗 嶺岭 巖岩 帥帅 師师 帶带 庫库 廈厦 廠厂 廣广 廳厅 張张 強强 彥彦 後后 從从 復复 慶庆 應应 懷怀 戰战 戶户 採采
揚扬 撫抚 擁拥 據据 攝摄 於于 時时 晉晋 曉晓 曠旷 書书 會会 東东 條条 棗枣 楊杨 業业 極极 榮荣 樂乐 標标 樸朴 機机
檢检 櫃柜 欄栏 權权 欒栾 欽钦 歐欧 歷历 殼壳 氣气 況况 涼凉 淩凌 減减 湯汤 溫温 滄沧 滿满 漢汉 澤泽 濟济 濰潍 濱滨
瀋沈 瀘泸 瀟潇 灣湾 為为 烏乌 無无 煙烟 熱热 營营 爾尔 獨独 獲获 現现 瑪玛 環环 產产 畢毕 當当 發发 監监 盤盘 盧卢
眾众 矯矫 祿禄 稅税 稱称 穀谷 竇窦 競竞 筆笔 節节 範范 簡简 簽签 籌筹 糾纠 紀纪 約约 紅红 紐纽 級级 紹绍 終终 組组
絡络 統统 綏绥 經经 綜综 網网 綿绵 線线 編编 緯纬 緱缑 縣县 總总 繆缪 繞绕 續续 纜缆 羅罗 義义 習习 聞闻 聯联 聲声
聶聂 職职 肅肃 腦脑 臨临 臺台 與与 興兴 舉举 艦舰 荊荆 莊庄 華华 萬万 葉叶 蒼苍 蓋盖 蔣蒋 蕪芜 蕭萧 薊蓟 薩萨 藍蓝
藺蔺 蘆芦 蘇苏 蘭兰 處处 號号 衛卫 製制 見见 視视 觀观 計计 訊讯 記记 訪访 設设 許许 訴诉 証证 詐诈 評评 詢询 話话
詳详 誌志 認认 說说 調调 談谈 論论 諶谌 諸诸 講讲 謝谢 證证 譚谭 譯译 讀读 讓让 豐丰 貝贝 財财 貢贡 貫贯 責责 貴贵
買买 費费 賀贺 賁贲 資资 賈贾 賓宾 賬账 賴赖 賽赛 贛赣 趙赵 車车 軍军 軒轩 載载 輪轮 輯辑 轅辕 轉转 辦办 農农 這这
連连 週周 進进 遊游 運运 過过 達达 遠远 適适 遲迟 遷迁 選选 遼辽 還还 邊边 郟郏 郵邮 鄉乡 鄒邹 鄔邬 鄧邓 鄭郑 鄲郸
鄺邝 酈郦 醫医 針针 鈕钮 銀银 銅铜 銷销 鋒锋 錄录 錢钱 錦锦 錫锡 錯错 鍍镀 鍾钟 鎮镇 鐘钟 鐵铁 長长 門门 閃闪 閆闫
開开 間间 閔闵 閭闾 閻阎 闕阙 關关 闞阚 陝陕 陰阴 陳陈 陸陆 陽阳 隊队 際际 隨随 隴陇 雙双 雜杂 雞鸡 離离 雲云 電电
靈灵 鞏巩 韋韦 韓韩 頂顶 項项 順顺 須须 預预 頓顿 頭头 頻频 題题 顏颜 顓颛 顧顾 顯显 風风 飛飞 餘余 館馆 饒饶 馬马
馮冯 駐驻 駟驷 駱骆 騰腾 驅驱 體体 魚鱼 魯鲁 鮑鲍 鮮鲜 鳳凤 鴨鸭 鶴鹤 鷹鹰 鹹咸 鹽盐 麗丽 麥麦 麼么 黃黄 點点 黨党
齊齐 龍龙 龐庞 龔龚 執执 請请 註注 掃扫 維维 碼码 擊击 頁页 佈布 複复
"""
_SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_ANY = re.compile(f"[{''.join(map(chr, _SIMPLIFIED))}]")
_REPORT, _REPORT_FOLDED = "报导", "报道"
"""One word with two spellings, 报导 the usual one outside the mainland."""
_HAN = r"\u3400-\u9fff〇"
_ALL_HAN = re.compile(f"[{_HAN}]+")


def simplified(text: str, looked_at: int | None = None) -> str:
    """``text`` in simplified script, as long as before; the very same object where nothing in it is traditional.

    ``looked_at`` is how many characters are asked whether anything is, all of them where it is None: a text that opens
    in simplified script is not searched to its end.
    """
    if _ANY.search(text, 0, len(text) if looked_at is None else looked_at) or _REPORT in text:
        return text.translate(_SIMPLIFIED).replace(_REPORT, _REPORT_FOLDED)
    return text


def as_printed(found: str, folded: str, text: str, start: int = 0) -> str:
    """``found``, read in ``folded``, as ``text`` prints it; ``start`` is where it may begin.

    Names are read without the blanks inside them ('葉　明' is 葉明), so only their Han characters have to follow each
    other. What does not stand there is returned as it is.
    """
    at = folded.find(found, start)
    if at >= 0:
        return text[at : at + len(found)]
    # Possessive, and never over a sign of the name: what stands between two signs is passed over once.
    between = rf"[^{_HAN}]*+" if _ALL_HAN.fullmatch(found) else r"\s*+"
    match = re.compile(between.join(map(re.escape, found))).search(folded, start)
    if match is None:
        return found
    signs = iter(re.findall(f"[{_HAN}]", text[match.start() : match.end()]))
    return "".join(next(signs, sign) if re.match(f"[{_HAN}]", sign) else sign for sign in found)


def all_as_printed(found: tuple[str, ...], folded: str, text: str, start: int = 0) -> tuple[str, ...]:
    """Each of ``found`` by :func:`as_printed`."""
    return tuple(as_printed(one, folded, text, start) for one in found)
