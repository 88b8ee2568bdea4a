package io.firn.simulator.cdi;

import static io.firn.simulator.client.ResourceType.cluster;
import static io.firn.simulator.client.ResourceType.namespaced;

import io.firn.simulator.client.ResourceType;

/// CDI's kinds.
public final class CdiTypes {
  private static final String GROUP = "cdi.kubevirt.io";

  public static final ResourceType DATA_VOLUME =
      namespaced(GROUP, "v1beta1", "datavolumes", "DataVolume");
  public static final ResourceType DATA_SOURCE =
      namespaced(GROUP, "v1beta1", "datasources", "DataSource");
  public static final ResourceType STORAGE_PROFILE =
      cluster(GROUP, "v1beta1", "storageprofiles", "StorageProfile");
  public static final ResourceType CONFIG = cluster(GROUP, "v1beta1", "cdiconfigs", "CDIConfig");

  private CdiTypes() {}
}
