package io.firn.restore;

import com.fasterxml.jackson.databind.JsonNode;
import io.firn.graph.ObjectRef;
import io.firn.point.Manifest.MachineFacts;
import io.firn.point.PointReader;
import io.firn.repository.Node;
import io.firn.restore.RestoreAction.EntryRename;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names inside a volume of TPM and EFI state that depend on the machine: the folder of the TPM is
/// called by the firmware UUID, the file of EFI variables by the machine's name. A copy with
/// another UUID or name would find neither and start with an empty TPM, so they are renamed with
/// it.
final class FirmwareState {
  private static final int DEPTH = 3;

  private final PointReader point;

  FirmwareState(PointReader point) {
    this.point = point;
  }

  /// What to rename in the claim, given the machine as captured and as it will be created.
  List<EntryRename> renames(
      String claim, ObjectRef captured, JsonNode before, JsonNode after, MachineFacts facts) {
    List<EntryRename> renames = new ArrayList<>();
    String oldUuid =
        Optional.of(uuid(before))
            .filter(uuid -> !uuid.isEmpty())
            .or(facts::effectiveFirmwareUuid)
            .orElse("");
    String newUuid = uuid(after);
    String newName = after.path("metadata").path("name").asText();
    for (Entry entry : entries("", point.volumeFiles(claim), DEPTH)) {
      if (!oldUuid.isEmpty() && entry.name().equals(oldUuid) && !newUuid.equals(oldUuid)) {
        renames.add(new EntryRename(entry.path(), newUuid));
      }
      String variables = captured.name() + "_VARS.fd";
      if (entry.name().equals(variables) && !newName.equals(captured.name())) {
        renames.add(new EntryRename(entry.path(), newName + "_VARS.fd"));
      }
    }
    return renames;
  }

  private List<Entry> entries(String folder, List<Node> nodes, int depth) {
    List<Entry> found = new ArrayList<>();
    for (Node node : nodes) {
      String path = folder.isEmpty() ? node.name() : folder + "/" + node.name();
      found.add(new Entry(path, node.name()));
      if (depth > 1) {
        node.subtree()
            .ifPresent(
                tree -> found.addAll(entries(path, point.reader().tree(tree).nodes(), depth - 1)));
      }
    }
    return found;
  }

  private static String uuid(JsonNode machine) {
    JsonNode spec =
        machine.path("spec").has("template")
            ? machine.path("spec").path("template").path("spec")
            : machine.path("spec");
    return spec.path("domain").path("firmware").path("uuid").asText("");
  }

  private record Entry(String path, String name) {}
}
