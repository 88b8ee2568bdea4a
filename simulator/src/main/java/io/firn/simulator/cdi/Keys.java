package io.firn.simulator.cdi;

/// CDI's annotations.
final class Keys {
  private static final String STORAGE = "cdi.kubevirt.io/storage.";

  static final String PRE_POPULATED = STORAGE + "prePopulated";
  static final String POPULATED_FOR = STORAGE + "populatedFor";
  static final String USE_POPULATOR = STORAGE + "usePopulator";
  static final String CLAIM_ADOPTION = "cdi.kubevirt.io/allowClaimAdoption";
  static final String CREATED_FOR = "cdi.kubevirt.io/createdForDataVolume";
  static final String CLONE_TOKEN = STORAGE + "clone.token";
  static final String BIND_IMMEDIATE = STORAGE + "bind.immediate.requested";
  static final String CONTENT_TYPE = STORAGE + "contentType";
  static final String PREALLOCATION = STORAGE + "preallocation.requested";
  static final String IMPORT_SOURCE = STORAGE + "import.source";
  static final String IMPORT_ENDPOINT = STORAGE + "import.endpoint";
  static final String IMPORT_POD = STORAGE + "import.importPodName";
  static final String CLONE_REQUEST = "k8s.io/CloneRequest";
  static final String SNAPSHOT_REQUEST = STORAGE + "clone.snapshot";
  static final String POD_PHASE = STORAGE + "pod.phase";
  static final String POD_RESTARTS = STORAGE + "pod.restarts";
  static final String POD_SCHEDULABLE = STORAGE + "pod.schedulable";
  static final String RUNNING = STORAGE + "condition.running";
  static final String RUNNING_MESSAGE = RUNNING + ".message";
  static final String RUNNING_REASON = RUNNING + ".reason";

  private Keys() {}
}
