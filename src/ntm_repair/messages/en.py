"""The English wording."""

ENGLISH: dict[str, str] = {
    # Errors: what, where, what to do
    "error.missing": "{path}: no such file or folder; check the path",
    "error.no_articles": "{path}: no article in this folder ({suffixes}); name the right folder or a file",
    "error.empty": "{path}: the file is empty, there is nothing to repair; check the export that made it",
    "error.binary": "{path}: not a text file; export the article as .txt and try again (or name --encoding, e.g. utf-16)",
    "error.undecodable": (
        "{path}: line {line}, byte {byte}: {value} is not valid {encoding}; "
        "save it as UTF-8 or name its encoding with --encoding"
    ),
    "error.round_trip": "{path}: read as {encoding}, it would not be written back the same; name its encoding with --encoding",
    "error.encoding_name": "--encoding {encoding}: no encoding of that name; examples: utf-8, utf-16, cp1258",
    "error.read": "{path}: cannot be read ({reason}); check its permissions",
    "error.write": "{path}: cannot be written ({reason}); the old file is untouched",
    "error.changed": "{path}: the article was changed since it was read; not overwritten, run again",
    "error.backups": "{path}: too many .bak files; clear some away",
    "error.log_line": "{path}: line {line} is not a decision; mend the file or restore it from a copy",
    "error.log_order": "{path}: line {line} is out of sequence, a line was removed or inserted; restore it from a copy",
    "error.log_in_use": "{path}: another review has this log open; close that one first",
    "error.other_log": (
        "{log}: made for “{name}”, none of its {count} decisions fits {path}; nothing written, name the right log"
    ),
    "error.conflict": "two decisions overlap: “{first}” and “{second}”; undo one of them in a review",
    "error.unencodable": "decision on line {line}: “{text}” cannot be written in the article's encoding, {encoding}",
    "error.no_terminal": "a review needs a terminal; without one, use `ntm-repair clean` with recorded decisions",
    "error.review_stdin": "an article from standard input (-) cannot be reviewed; save it to a file first",
    "error.one_output": "-o takes one article; for several use --in-place",
    "error.outputs": "choose one of -o, --in-place, --diff",
    "error.in_place_stdin": "an article from standard input (-) cannot be changed in place; use -o FILE",
    "error.many_to_stdout": "several articles cannot share standard output; use --in-place or --diff",
    "error.one_log": "--decisions goes with one article; each of several has its own log beside it",
    "error.log_is_article": "{path}: -o names the article itself; to change that file use --in-place (keeps a .bak)",
    "error.rule": "{code}: no such rule; there are: {codes}",
    "error.language": "--lang {language}: vi and en are available",
    "error.format": "--format {format}: text and json are available",
    # Lexicon
    "lexicon.header": "{path}:{line}: the header is missing; the first line must be: {header}",
    "lexicon.columns": "{path}:{line}: {found} columns, {wanted} are needed, separated by tabs",
    "lexicon.spaces": "{path}:{line}: stray spaces in column {column}; remove those at the ends and double ones",
    "lexicon.nfc": "{path}:{line}: column {column} is not composed Unicode (NFC); retype it with a Unicode input method",
    "lexicon.empty": "{path}:{line}: no term; fill in the first column or remove the line",
    "lexicon.kind": "{path}:{line}: there is no kind “{kind}”; is it “{nearest}”?",
    "lexicon.short": "{path}:{line}: “{term}” is one syllable; only place, ethnic and abbreviation may be so short",
    "lexicon.separator": "{path}:{line}: values are separated by “; ” (a semicolon and one space)",
    "lexicon.utf8": "{path}:{line}: not UTF-8; save the file as UTF-8",
    "lexicon.duplicate": "{path}:{line}: “{term}” is already at {place}; remove one of the lines",
    "lexicon.alias": "{path}:{line}: “{alias}” is a term or alias at {place} already; drop it at one of the two places",
    "lexicon.no_kind": "--kind {kind}: no such kind; there are: {kinds}",
    "lexicon.ok": "The lexicon is valid: {terms} terms in {files} files",
    "lexicon.problems": "The lexicon has {count} problems",
    "lexicon.count": "{count} terms",
    # Classes
    "applicability.safe": "safe",
    "applicability.review": "to review",
    "applicability.none": "report only",
    "source.lexicon": "lexicon",
    "source.article": "article",
    "source.glossary": "glossary",
    "source.deletion": "delete",
    "source.context": "context",
    # scan
    "scan.count": "{path}: {count} places",
    "scan.clean": "{path}: no damage found",
    "scan.delete": "(delete)",
    "scan.total": "{findings} places in {documents} articles",
    "scan.unreadable": "{count} files could not be read, the rest are done",
    # clean
    "clean.done": "{path}: {edits} places repaired, {undecided} undecided, written to {target}",
    "clean.nothing": "{path}: nothing to repair; {undecided} places undecided",
    "clean.already": "{path}: already cleaned with these very decisions, nothing to do",
    "clean.backup": "the original is kept in {path}",
    "clean.stale": "{path}: {count} decisions no longer fit the article and were left out:",
    "clean.stale_line": "  line {line} of the log: {rule} “{text}”",
    # review
    "review.progress": "done {done} · left {left} · saved",
    "review.place": "line {line}, column {column}",
    "review.same": "alike: {count}",
    "review.keep": "keep",
    "review.delete": "(delete)",
    "review.edit": "edit…",
    "review.edit_label": "Replace with:",
    "review.answered.accept": "chosen: {text}",
    "review.answered.edit": "edited: {text}",
    "review.answered.delete": "to be deleted{text}",
    "review.answered.keep": "kept{text}",
    "review.keys": "Enter take  ↑↓  1-9  0 keep  Space later  ← back  e edit  - delete  Ctrl-Z undo  ? help  Esc save & leave",
    "review.keys_edit": "Enter done  Esc cancel  (empty, then Enter = delete the words)",
    "review.keys_help": "↑↓ scroll  ? or Esc back",
    "review.keys_closing": "1 write to {target}   0 do not write   ↑↓ scroll   ← back   Ctrl-Z undo",
    "review.summary": "Reviewed: {accept} as suggested, {edit} edited, {delete} deleted, {keep} kept.",
    "review.open": "{count} places are undecided; they stay as they are in the article.",
    "review.stale": "{count} earlier decisions no longer fit the article and are not applied.",
    "review.no_changes": "There is no change to write.",
    "review.line": "line {line}",
    "review.evidence": "What {rule} saw:",
    "review.input_method": "A Vietnamese input method is on: that key was ignored, nothing changed.",
    "review.no_such_key": "That key does nothing here; ? lists the keys.",
    "review.no_such_option": "There is no suggestion {number}.",
    "review.undone": "Undone.",
    "review.nothing_to_undo": "There is nothing left to undo.",
    "review.help": """Keys
Enter     take the line with the arrow (first: keep, unless the fix is safe)
↑ ↓       move the arrow
1 … 9     take that suggestion at once
0         keep as it is
e         edit
-         delete the words
Space →   later: go to the next place
←         go back to the place before
Ctrl-Z    undo the latest answer, of earlier sittings too
PgUp PgDn scroll
Esc       leave; every answer is saved, the next review goes on from here
""",
    "review.nothing": "{path}: nothing to review",
    "review.left": "{done} decisions saved in {log}; {left} places left. Run the same command to go on.",
    "review.finished": "Review finished; {done} decisions in {log}. Nothing written; `ntm-repair clean` writes it.",
    "review.written": "The cleaned article is in {target}; the decisions are in {log}.",
    "review.interrupted": "Stopped; {done} decisions are safe in {log}.",
    # rule
    "rule.applicability": "Class",
    "rule.why": "Why",
    "rule.bad": "Flagged",
    "rule.good": "Not flagged",
    # Rules
    "ntm201.repeat": "A photo caption printed twice: identical to the paragraph right above.",
    "ntm201.apart": "A photo caption printed twice: identical to the paragraph before the last.",
    "ntm201.deletion": "delete the repeat, keep the first",
    # Command line
    "cli.app": "Find, explain and repair Vietnamese articles that a machine has garbled; a person decides every change.",
    "cli.scan": "Find and explain damage; change nothing.",
    "cli.review": "Go through the findings, stopping and resuming at will; shows the changes and asks before it writes.",
    "cli.clean": "Apply recorded decisions and safe fixes (exact repeats of captions); change nothing else.",
    "cli.rule": "Explain a rule with its examples; without a code, list all rules.",
    "cli.lexicon": "The domain lexicon: check it, list it.",
    "cli.lexicon_check": "Validate lexicon files; every problem is named with file and line.",
    "cli.lexicon_list": "List the terms.",
    "cli.paths": "A .txt or .md file, a folder, or - (standard input).",
    "cli.paths_review": "A .txt or .md file, or a folder.",
    "cli.format": "text or json.",
    "cli.lang": "Language of messages: vi or en (default: by locale).",
    "cli.lexicon_file": "Add a lexicon file of your own (TSV); may be given more than once.",
    "cli.encoding": "Encoding of the article (default: recognised; UTF-8, UTF-16 with a mark, Windows-1258).",
    "cli.decisions": "The decision log (default: <article>.decisions.jsonl beside the article).",
    "cli.output": "Write the cleaned article to this file.",
    "cli.in_place": "Change the file itself; the original is kept as .bak.",
    "cli.diff": "Only print the changes; write nothing.",
    "cli.version": "Print the version and exit.",
    "cli.rule_code": "A rule's code, such as NTM101.",
    "cli.lexicon_paths": "Lexicon files to check (default: the built-in lexicon).",
    "cli.kind": "List this kind only.",
}
