"""How long a sweep of many runs takes on many executors, worked out from measured times.

    python3 bench/schedule.py SWEEP/result.json [RUNS [OVERHEAD [START]]]

Times of runs are drawn, seeded, from those in the result. Whoever is free takes the next run, in order, as Spark's
scheduler does; OVERHEAD seconds pass for each run besides its own time (2 unless given), START before an executor takes
its first (20 unless given). Prints JSON: for 10, 100 and 1,000 executors the time from begin to end and how much of the
executors' time is used for runs.
"""
import heapq
import json
import random
import sys


def schedule(times, executors, overhead, start):
    free = [start] * min(executors, len(times))
    heapq.heapify(free)
    end = 0.0
    for seconds in times:
        done = heapq.heappop(free) + overhead + seconds
        end = max(end, done)
        heapq.heappush(free, done)
    return end


def main():
    result = json.load(open(sys.argv[1], encoding="utf-8"))
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    overhead = float(sys.argv[3]) if len(sys.argv) > 3 else 2.0
    start = float(sys.argv[4]) if len(sys.argv) > 4 else 20.0
    table = next(f for f in result["findings"] if f["kind"] == "run-table")
    measured = [run["seconds"] for run in table["runs"] if run["seconds"] is not None]
    drawn = random.Random(1).choices(measured, k=runs)
    rows = []
    for executors in (10, 100, 1000):
        end = schedule(drawn, executors, overhead, start)
        rows.append({"executors": executors, "seconds": round(end, 1),
                     "used": round(sum(drawn) / (end * executors), 3)})
    json.dump({"runs": runs, "measured": len(measured), "meanSeconds": round(sum(measured) / len(measured), 2),
               "overhead": overhead, "start": start, "one": round(sum(drawn), 1), "schedules": rows}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
