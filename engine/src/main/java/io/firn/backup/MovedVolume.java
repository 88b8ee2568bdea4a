package io.firn.backup;

import io.firn.mover.MoverResult;
import java.time.Duration;

/// A captured volume whose blocks are in the vault.
record MovedVolume(CutVolume cut, MoverResult.Exported result, Duration took) {}
