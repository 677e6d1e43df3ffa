"""What the drivers of both clients share: comparing values, and going through the checks of one edition."""

import datetime
import json
import sys

HAUSSMANN = 3
GIGABYTE = 1024**3
DEMO_PROJECT_SIZE = 163_577_856
NOT_FOUND = {"detail": "Not found."}


class Recorder:
    """The API, remembering which operations answered, be it with a refusal that was asked for."""

    def __init__(self, api):
        self.api = api
        self.answered = set()

    def __getattr__(self, name):
        operation = getattr(self.api, name)

        def call(*arguments, **options):
            result = operation(*arguments, **options)
            self.answered.add(name)
            return result

        return call


def equal(found, expected):
    if found != expected:
        raise AssertionError(f"expected {expected!r}, found {found!r}")


def refused(status, body, call):
    """The call is answered with an error of exactly this status and body; where body is None, with one that is no JSON."""
    try:
        result = call()
    except Exception as error:
        if not hasattr(error, "status"):
            raise
        equal(error.status, status)
        if body is None:
            equal(error.body.lstrip()[:1] in ("<", b"<"), True)
        else:
            equal(json.loads(error.body), body)
        return error
    raise AssertionError(f"expected {status}, found {result!r}")


def recent(moment):
    age = datetime.datetime.now(datetime.timezone.utc) - moment
    equal(datetime.timedelta(seconds=-1) <= age < datetime.timedelta(minutes=5), True)


def run(checks, recorder, wanted, count):
    """Makes the checks in the order in which they are written, and ends the program: with status 1 unless all held and
    all the operations that are wanted, of that count, were answered."""
    failures = 0
    for name in [name for name in vars(type(checks)) if not name.startswith("_")]:
        try:
            getattr(checks, name)()
            print(f"ok      {name}")
        except Exception as problem:
            failures += 1
            print(f"FAILED  {name}: {type(problem).__name__}: {str(problem)[:2000]}")

    print(f"{len(recorder.answered & wanted)} of {len(wanted)} operations")
    for name in sorted(wanted - recorder.answered):
        print(f"FAILED  {name}: never answered")
    sys.exit(1 if failures or not wanted <= recorder.answered or len(wanted) != count else 0)
