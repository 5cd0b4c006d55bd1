from __future__ import annotations

import sys
from pathlib import Path

# The tests are imported as loose files; what they share with others lies above them.
sys.path.insert(0, str(Path(__file__).parents[2]))
