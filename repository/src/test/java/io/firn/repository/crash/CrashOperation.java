package io.firn.repository.crash;

import java.util.Random;

/// What a process can be in the middle of when it is killed.
enum CrashOperation {
  BACKUP(45),
  FORGET(15),
  RETAG(6),
  PRUNE(20),
  KEY_CHANGE(6),
  REPAIR(8);

  private final int percent;

  CrashOperation(int percent) {
    this.percent = percent;
  }

  static CrashOperation any(Random random) {
    int left = random.nextInt(100);
    for (CrashOperation operation : values()) {
      left -= operation.percent;
      if (left < 0) {
        return operation;
      }
    }
    throw new AssertionError("the shares are less than 100 %");
  }
}
