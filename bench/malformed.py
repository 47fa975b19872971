#!/usr/bin/env python3
"""Broken and hostile ONNX files: what Sapper and ONNX Runtime make of each, in a process of its own.

    bench/malformed.py FOLDER [MORE_FOLDERS]    folders with manifest.csv (file, kind, setup, expected, also_acceptable)

Prints a table in Markdown, by kind; every file on standard error. Needs onnxruntime and numpy in this Python.
Limits for ONNX Runtime: 20 s and 4 GB of address space; Sapper runs as the launcher starts it.
"""
import collections, csv, os, pathlib, resource, shutil, statistics, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 20
CODES = {0: "valid", 1: "accepted-with-warning", 2: "malformed", 3: "unsupported", 64: "usage"}
RUN = """
import sys, numpy, onnxruntime as o
o.set_default_logger_severity(4)
try:
    s = o.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
except Exception:
    sys.exit(10)
kinds = {"tensor(float)": "f4", "tensor(double)": "f8", "tensor(int64)": "i8", "tensor(int32)": "i4", "tensor(uint8)": "u1", "tensor(bool)": "?", "tensor(float16)": "f2"}
try:
    s.run(None, {i.name: numpy.ones([d if isinstance(d, int) and d > 0 else 1 for d in i.shape], kinds.get(i.type, "f4")) for i in s.get_inputs()})
except Exception:
    sys.exit(11)
"""
ORT = {0: "runs", 10: "refuses to load", 11: "refuses to run"}


def child(command, limit=None):
    start = time.monotonic()
    bound = (lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))) if limit else None
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=bound)
    import threading
    ended = threading.Event()
    late = []
    def stop():
        if not ended.wait(SECONDS):
            late.append(True)
            process.kill()
    threading.Thread(target=stop, daemon=True).start()
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    ended.set()
    process.returncode = 0
    return (None if late else os.waitstatus_to_exitcode(status)), time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said.decode(errors="replace")


def set_up(place, steps):
    for step in steps.split("; "):
        words = step.split(" ")
        if step.startswith("file "):
            (place / words[1]).write_bytes(bytes(int(words[3])))
        elif step.startswith("symbolic link "):
            (place / words[2]).symlink_to(words[4])
        elif step.startswith("folder "):
            (place / words[1]).mkdir()


rows = collections.defaultdict(list)
for folder in map(pathlib.Path, sys.argv[1:]):
    for row in csv.DictReader((folder / "manifest.csv").open()):
        if row["file"].startswith("("):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            place = pathlib.Path(scratch) / "inside"
            place.mkdir()
            file = shutil.copy(folder / row["file"], place)
            set_up(place, row["setup"])
            code, wall, cpu, memory, said = child([str(HERE.parent / "sapper"), "inspect", file])
            theirs, their_wall, _, their_memory, _ = child([sys.executable, "-c", RUN, file], 4 << 30)
        outcome = CODES.get(code, "no answer" if code is None else f"crash {code}")
        allowed = [row["expected"], *row["also_acceptable"].split(" or ")]
        # What is refused only while it runs is not refused by inspect.
        fits = outcome in allowed or outcome in ("valid", "accepted-with-warning")
        other = "no answer" if theirs is None else ORT.get(theirs, "crash")
        rows[row["kind"]].append((row["file"], outcome, fits, wall, cpu, memory, other, their_memory))
        print(row["file"], outcome, "" if fits else "UNEXPECTED", f"{wall:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MB;", other, f"{their_wall:.1f} s, {their_memory:.0f} MB", file=sys.stderr)

print("| kind | files | Sapper: read / malformed / unsupported / crash or no answer | seconds, median (largest) | seconds of CPU, largest | MB, largest | ONNX Runtime: runs / refuses / crash / no answer | MB, largest |")
print("|---|---|---|---|---|---|---|---|")
for group, found in list(rows.items()) + [("**all**", [f for part in rows.values() for f in part])]:
    ours = collections.Counter(f[1] for f in found)
    other = collections.Counter(f[6] for f in found)
    read = ours["valid"] + ours["accepted-with-warning"]
    bad = len(found) - read - ours["malformed"] - ours["unsupported"]
    refuses = other["refuses to load"] + other["refuses to run"]
    print(f"| {group} | {len(found)} | {read} / {ours['malformed']} / {ours['unsupported']} / {bad} | {statistics.median(f[3] for f in found):.1f} ({max(f[3] for f in found):.1f}) | {max(f[4] for f in found):.1f} | {max(f[5] for f in found):.0f} | {other['runs']} / {refuses} / {other['crash']} / {other['no answer']} | {max(f[7] for f in found):.0f} |")
