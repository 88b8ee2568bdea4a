package io.firn.graph.links;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.stream.StreamSupport;

/// The DataVolumes that a VM makes for itself. Most are named by a volume already; what is left are
/// those that a volume names by their claim. While the DataVolume is not there, KubeVirt looks up
/// the template's own source, so the machine depends on that too.
final class DataVolumeTemplateLinks implements MachineLinks {
  @Override
  public void follow(Machine machine, Draft draft) {
    for (JsonNode template : machine.machineSpec().path("dataVolumeTemplates")) {
      String name = Json.name(template);
      ObjectRef dataVolume = machine.sibling(Kinds.DATA_VOLUME, name);
      String path = machine.machinePath("dataVolumeTemplates[" + name + "]");
      if (!machine.isMadePerReplica(name) && !isNamedByVolume(machine, name)) {
        draft.link(machine.ref(), dataVolume, Need.REQUIRED, path + ".metadata.name");
      }
      if (draft.index().find(dataVolume).isEmpty()) {
        DataVolumeSources.follow(machine.ref(), template.path("spec"), path + ".spec", draft);
      }
    }
  }

  private static boolean isNamedByVolume(Machine machine, String dataVolume) {
    return StreamSupport.stream(machine.volumes().spliterator(), false)
        .anyMatch(volume -> Json.text(volume, "dataVolume.name").orElse("").equals(dataVolume));
  }
}
