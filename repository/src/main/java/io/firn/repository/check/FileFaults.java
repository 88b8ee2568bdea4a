package io.firn.repository.check;

import io.firn.repository.backend.Backend;
import io.firn.repository.key.KeyFiles;
import io.firn.repository.lock.UnreadableLocks;
import io.firn.repository.prune.UnreadableMarks;
import io.firn.repository.unpacked.UnpackedFiles;
import java.util.List;

/// Looks at the small files that hold no data: keys, locks and marks.
record FileFaults(Backend backend, UnpackedFiles files, Findings findings) {
  void check() {
    new KeyFiles(backend)
        .faults()
        .forEach(
            (id, fault) -> findings.damaged(new DamagedObject.DamagedKey(id), fault, List.of()));
    new UnreadableLocks(backend, files)
        .faults()
        .forEach(
            (id, fault) -> findings.damaged(new DamagedObject.DamagedLock(id), fault, List.of()));
    new UnreadableMarks(backend, files)
        .faults()
        .forEach(
            (id, fault) -> findings.damaged(new DamagedObject.DamagedMark(id), fault, List.of()));
  }
}
