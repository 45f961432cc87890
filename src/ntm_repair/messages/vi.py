"""Câu chữ tiếng Việt."""

VIETNAMESE: dict[str, str] = {
    # Lỗi: cái gì, ở đâu, làm gì tiếp
    "error.missing": "{path}: không có tệp hoặc thư mục này; hãy kiểm tra lại đường dẫn",
    "error.no_articles": "{path}: thư mục không có bài nào ({suffixes}); hãy chỉ đúng thư mục hoặc tên tệp",
    "error.empty": "{path}: tệp rỗng, không có gì để sửa; hãy kiểm tra lại khâu xuất tệp",
    "error.binary": "{path}: không phải tệp văn bản; hãy xuất bài ra .txt rồi thử lại (hoặc nêu --encoding, ví dụ utf-16)",
    "error.undecodable": (
        "{path}: dòng {line}, byte thứ {byte}: {value} không hợp lệ trong {encoding}; "
        "hãy lưu lại bằng UTF-8 hoặc nêu bảng mã bằng --encoding"
    ),
    "error.round_trip": "{path}: đọc bằng {encoding} rồi ghi lại sẽ làm đổi byte; hãy nêu bảng mã đúng bằng --encoding",
    "error.encoding_name": "--encoding {encoding}: không có bảng mã tên này; ví dụ: utf-8, utf-16, cp1258",
    "error.read": "{path}: không đọc được ({reason}); hãy kiểm tra quyền đọc",
    "error.write": "{path}: không ghi được ({reason}); tệp cũ còn nguyên",
    "error.changed": "{path}: bài đã bị sửa từ lúc đọc; không ghi đè, hãy chạy lại",
    "error.backups": "{path}: đã có quá nhiều bản .bak; hãy dọn bớt",
    "error.log_line": "{path}: dòng {line} không phải là quyết định; hãy sửa hoặc khôi phục tệp này từ bản sao",
    "error.log_order": "{path}: dòng {line} sai số thứ tự, có dòng bị xoá hoặc chèn thêm; hãy khôi phục từ bản sao",
    "error.log_in_use": "{path}: đang được một phiên duyệt khác dùng; hãy đóng phiên đó trước",
    "error.other_log": (
        "{log}: ghi cho bài “{name}”, cả {count} quyết định đều không khớp {path}; không ghi gì, hãy chỉ đúng tệp quyết định"
    ),
    "error.conflict": "hai quyết định chồng lên nhau: “{first}” và “{second}”; hãy hoàn tác một trong hai khi duyệt lại",
    "error.unencodable": "quyết định ở dòng {line}: “{text}” không viết được bằng bảng mã {encoding} của bài",
    "error.no_terminal": "duyệt bài cần một cửa sổ dòng lệnh; không có thì dùng `ntm-repair clean` với quyết định đã ghi",
    "error.review_stdin": "không thể duyệt bài đọc từ đầu vào chuẩn (-); hãy lưu bài ra tệp rồi duyệt",
    "error.one_output": "-o chỉ nhận một bài; nhiều bài thì dùng --in-place",
    "error.outputs": "chỉ chọn một trong -o, --in-place, --diff",
    "error.in_place_stdin": "bài đọc từ đầu vào chuẩn (-) không sửa tại chỗ được; hãy dùng -o TỆP",
    "error.many_to_stdout": "nhiều bài không in chung ra đầu ra chuẩn được; hãy dùng --in-place hoặc --diff",
    "error.one_log": "--decisions chỉ dùng với một bài; nhiều bài thì mỗi bài có tệp quyết định nằm cạnh nó",
    "error.log_is_article": "{path}: -o trùng với bài gốc; muốn sửa chính tệp đó thì dùng --in-place (có giữ bản .bak)",
    "error.rule": "{code}: không có quy tắc này; hiện có: {codes}",
    "error.language": "--lang {language}: chỉ có vi và en",
    "error.format": "--format {format}: chỉ có text và json",
    # Từ điển
    "lexicon.header": "{path}:{line}: thiếu dòng tiêu đề; dòng đầu phải là: {header}",
    "lexicon.columns": "{path}:{line}: có {found} cột, cần {wanted} cột cách nhau bằng Tab",
    "lexicon.spaces": "{path}:{line}: cột {column} thừa dấu cách; hãy bỏ dấu cách ở hai đầu và dấu cách đôi",
    "lexicon.nfc": "{path}:{line}: cột {column} không phải Unicode dựng sẵn (NFC); hãy gõ lại bằng bộ gõ Unicode",
    "lexicon.empty": "{path}:{line}: không có thuật ngữ; hãy điền cột đầu hoặc xoá dòng",
    "lexicon.kind": "{path}:{line}: không có loại “{kind}”; có phải “{nearest}”?",
    "lexicon.short": "{path}:{line}: “{term}” chỉ có một âm tiết; chỉ place, ethnic, abbreviation được ngắn như vậy",
    "lexicon.separator": "{path}:{line}: các giá trị cách nhau bằng “; ” (chấm phẩy và một dấu cách)",
    "lexicon.utf8": "{path}:{line}: không phải UTF-8; hãy lưu lại tệp bằng UTF-8",
    "lexicon.duplicate": "{path}:{line}: “{term}” đã có ở {place}; hãy xoá một dòng",
    "lexicon.alias": "{path}:{line}: “{alias}” đã là thuật ngữ hoặc tên khác ở {place}; hãy bỏ nó ở một trong hai chỗ",
    "lexicon.no_kind": "--kind {kind}: không có loại này; hiện có: {kinds}",
    "lexicon.ok": "Từ điển hợp lệ: {terms} thuật ngữ trong {files} tệp",
    "lexicon.problems": "Từ điển có {count} lỗi",
    "lexicon.count": "{count} thuật ngữ",
    # Các mức
    "applicability.safe": "sửa được ngay",
    "applicability.review": "cần xem",
    "applicability.none": "chỉ báo",
    "source.lexicon": "từ điển",
    "source.article": "trong bài",
    "source.glossary": "đối chiếu",
    "source.deletion": "xoá",
    "source.context": "ngữ cảnh",
    # scan
    "scan.count": "{path}: {count} chỗ",
    "scan.clean": "{path}: không thấy chỗ nào hỏng",
    "scan.delete": "(xoá)",
    "scan.total": "{findings} chỗ trong {documents} bài",
    "scan.unreadable": "{count} tệp không đọc được, các tệp khác đã xong",
    # clean
    "clean.done": "{path}: {edits} chỗ đã sửa, {undecided} chỗ chưa quyết, ghi vào {target}",
    "clean.nothing": "{path}: không có gì để sửa; {undecided} chỗ chưa quyết",
    "clean.already": "{path}: đã được làm sạch theo đúng các quyết định này, không có gì để làm",
    "clean.backup": "bản gốc giữ ở {path}",
    "clean.stale": "{path}: {count} quyết định không còn khớp với bài, đã bỏ qua:",
    "clean.stale_line": "  dòng {line} của nhật ký: {rule} “{text}”",
    # review
    "review.progress": "đã xong {done} · còn {left} · đã lưu",
    "review.place": "dòng {line}, cột {column}",
    "review.same": "giống nhau: {count}",
    "review.keep": "giữ nguyên",
    "review.delete": "(xoá)",
    "review.edit": "tự sửa…",
    "review.edit_label": "Sửa thành:",
    "review.answered.accept": "đã chọn: {text}",
    "review.answered.edit": "đã sửa: {text}",
    "review.answered.delete": "đã chọn xoá{text}",
    "review.answered.keep": "đã giữ nguyên{text}",
    "review.keys": "Enter chọn  ↑↓  1-9  0 giữ  Space để sau  ← lùi  e sửa  - xoá  Ctrl-Z hoàn tác  ? trợ giúp  Esc lưu & thoát",
    "review.keys_edit": "Enter xong  Esc bỏ  (xoá trắng rồi Enter = xoá cụm từ)",
    "review.keys_help": "↑↓ cuộn  ? hoặc Esc trở lại",
    "review.keys_closing": "1 ghi vào {target}   0 không ghi   ↑↓ cuộn   ← lùi   Ctrl-Z hoàn tác",
    "review.summary": "Đã duyệt: {accept} theo gợi ý, {edit} tự sửa, {delete} xoá, {keep} giữ nguyên.",
    "review.open": "Còn {count} chỗ chưa quyết; những chỗ đó sẽ giữ nguyên như trong bài.",
    "review.stale": "{count} quyết định cũ không còn khớp với bài và không được áp dụng.",
    "review.no_changes": "Không có thay đổi nào để ghi.",
    "review.line": "dòng {line}",
    "review.evidence": "Căn cứ của {rule}:",
    "review.input_method": "Bộ gõ tiếng Việt đang bật: phím vừa rồi bị bỏ qua, không có gì thay đổi.",
    "review.no_such_key": "Phím này không dùng ở đây; ? để xem các phím.",
    "review.no_such_option": "Không có gợi ý số {number}.",
    "review.undone": "Đã hoàn tác.",
    "review.nothing_to_undo": "Không còn gì để hoàn tác.",
    "review.help": """Các phím
Enter     chọn dòng có mũi tên (lúc đầu là giữ nguyên, trừ khi sửa được ngay)
↑ ↓       chuyển mũi tên
1 … 9     chọn ngay gợi ý mang số đó
0         giữ nguyên
e         tự sửa
-         xoá cụm từ
Space →   để sau, sang chỗ kế tiếp
←         lùi về chỗ trước
Ctrl-Z    hoàn tác câu trả lời gần nhất, kể cả của lần duyệt trước
PgUp PgDn cuộn
Esc       thoát; mọi câu trả lời đã được lưu, lần sau duyệt tiếp từ chỗ dở
""",
    "review.nothing": "{path}: không thấy chỗ nào cần duyệt",
    "review.left": "Đã lưu {done} quyết định vào {log}; còn {left} chỗ. Chạy lại lệnh này để duyệt tiếp.",
    "review.finished": "Đã duyệt xong; {done} quyết định ở {log}. Chưa ghi bài; dùng `ntm-repair clean` để ghi.",
    "review.written": "Đã ghi bài đã sửa vào {target}; các quyết định ở {log}.",
    "review.interrupted": "Đã dừng; {done} quyết định còn nguyên ở {log}.",
    # rule
    "rule.applicability": "Mức",
    "rule.why": "Vì sao",
    "rule.bad": "Bị báo",
    "rule.good": "Không bị báo",
    # Quy tắc
    "ntm201.repeat": "Chú thích ảnh bị in lặp, giống hệt đoạn ngay phía trên.",
    "ntm201.apart": "Chú thích ảnh bị in lặp, giống hệt đoạn đứng trước đó một đoạn.",
    "ntm201.deletion": "xoá bản lặp, giữ bản đầu",
    # Dòng lệnh
    "cli.app": "Tìm, giải thích và sửa bài tiếng Việt bị máy làm hỏng; người biên tập quyết định mọi thay đổi.",
    "cli.scan": "Tìm và giải thích những chỗ hỏng; không thay đổi gì.",
    "cli.review": "Duyệt từng chỗ, có thể dừng và tiếp tục; cuối cùng xem lại thay đổi và hỏi trước khi ghi.",
    "cli.clean": "Áp dụng quyết định đã ghi và các lỗi sửa được ngay (chú thích lặp y hệt); ngoài ra không đổi gì.",
    "cli.rule": "Giải thích một quy tắc kèm ví dụ; không nêu mã thì liệt kê tất cả.",
    "cli.lexicon": "Từ điển chuyên ngành: kiểm tra, liệt kê.",
    "cli.lexicon_check": "Kiểm tra các tệp từ điển; lỗi được nêu kèm tên tệp và số dòng.",
    "cli.lexicon_list": "Liệt kê thuật ngữ.",
    "cli.paths": "Tệp .txt, .md, thư mục, hoặc - (đầu vào chuẩn).",
    "cli.paths_review": "Tệp .txt, .md hoặc thư mục.",
    "cli.format": "text hoặc json.",
    "cli.lang": "Ngôn ngữ của thông báo: vi hoặc en (mặc định theo locale).",
    "cli.lexicon_file": "Thêm tệp từ điển của bạn (TSV); dùng được nhiều lần.",
    "cli.encoding": "Bảng mã của bài (mặc định tự nhận: UTF-8, UTF-16 có BOM, Windows-1258).",
    "cli.decisions": "Tệp quyết định (mặc định: <bài>.decisions.jsonl cạnh bài).",
    "cli.output": "Ghi bài đã sửa vào tệp này.",
    "cli.in_place": "Sửa ngay trong tệp, bản gốc giữ ở .bak.",
    "cli.diff": "Chỉ in các thay đổi, không ghi gì.",
    "cli.version": "In phiên bản rồi thoát.",
    "cli.rule_code": "Mã quy tắc, ví dụ NTM101.",
    "cli.lexicon_paths": "Tệp từ điển cần kiểm tra (mặc định: từ điển có sẵn).",
    "cli.kind": "Chỉ liệt kê loại này.",
}
