package io.firn.repository.lock;

/// Which processes run on this host.
@FunctionalInterface
public interface ProcessTable {
  ProcessTable SYSTEM = pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);

  boolean alive(long pid);
}
