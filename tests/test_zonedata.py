import os
import subprocess
import sys
import zoneinfo

import bot
from bot.shells.zone_at import zone_at
from bot.shells.zonedata import zone_data_version


def test_zones_follow_the_pinned_package_and_never_the_system() -> None:
    assert bot.__doc__
    assert zoneinfo.TZPATH == ()
    assert zone_data_version()


def test_the_choice_holds_for_a_program_of_its_own_whatever_the_environment_says() -> None:
    code = "import bot.shells.zonedata, zoneinfo; print(zoneinfo.TZPATH, zoneinfo.ZoneInfo('Europe/London').key)"
    asked = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONTZPATH": "/usr/share/zoneinfo"}
    shown = subprocess.run(asked, capture_output=True, text=True, check=True, env=environment)  # noqa: S603 - our own code
    assert shown.stdout.strip() == "() Europe/London"


def test_a_point_has_a_zone() -> None:
    assert zone_at(48.14, 11.58) == "Europe/Berlin"
    assert zone_at(91, 0) is None
    assert zone_at(float("nan"), 0) is None
