package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.point.Manifest;
import io.firn.point.Manifest.MachineFacts;
import io.firn.point.Manifest.VolumeFacts;
import io.firn.point.Protection;
import java.util.List;
import java.util.Optional;

/// What a point holds, printed. Stateless.
public final class ManifestText {
  private static final int DIGEST_SHOWN = 16;

  private ManifestText() {}

  /// The protection is no part of the manifest: it changes.
  public static Shown of(Manifest manifest, Optional<Protection> protection) {
    StringBuilder text = new StringBuilder();
    text.append("point ").append(manifest.point()).append('\n');
    text.append("  namespace ").append(manifest.namespace()).append('\n');
    text.append("  captured  ").append(manifest.capturedAt()).append('\n');
    text.append("  cluster   ").append(manifest.cluster().name());
    text.append(", Kubernetes ").append(manifest.cluster().kubernetesVersion()).append('\n');
    text.append("  written by Firn ").append(manifest.firnVersion()).append('\n');
    protection.ifPresent(p -> text.append("  protected ").append(p.text()).append('\n'));
    text.append('\n');
    text.append(machines(manifest).render()).append('\n');
    text.append(volumeTable(manifest).render()).append('\n');
    text.append(manifest.definitions().size()).append(" definitions\n");
    manifest
        .definitions()
        .forEach(ref -> text.append("  ").append(References.shortName(ref)).append('\n'));
    manifest
        .excluded()
        .forEach(e ->
            text.append("left out: pvc/")
                .append(e.claim())
                .append(": ")
                .append(e.reason())
                .append('\n'));
    ObjectNode document = document(manifest);
    protection.ifPresent(p -> document.put("protected", p.text()));
    return new Shown(
        text.toString(),
        document,
        manifest.machines().stream().map(m -> References.shortName(m.machine())).toList());
  }

  public static Table volumeTable(Manifest manifest) {
    return new Table(
        List.of("CLAIM", "MODE", "SIZE", "NEW", "STORED", "CUT", "DIGEST"),
        manifest.volumes().stream().map(ManifestText::volumeRow).toList());
  }

  /// Every fact of every volume.
  public static ArrayNode volumes(Manifest manifest) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (VolumeFacts volume : manifest.volumes()) {
      ObjectNode node = array.addObject();
      node.put("claim", volume.claim());
      node.put("volumeMode", volume.volumeMode());
      node.put("storageClass", volume.storageClass());
      node.put("capacityBytes", volume.capacityBytes());
      node.put("sizeBytes", volume.sizeBytes());
      node.put("blockSizeBytes", volume.blockSizeBytes());
      node.put("digest", volume.digest());
      node.put("cutAt", volume.cutAt().toString());
      node.put("bytesRead", volume.bytesRead());
      node.put("bytesNew", volume.bytesNew());
      node.put("bytesStored", volume.bytesStored());
    }
    return array;
  }

  private static Table machines(Manifest manifest) {
    return new Table(
        List.of("MACHINE", "WAS", "LEVEL", "FROZEN", "SKEW", "WHY"),
        manifest.machines().stream().map(ManifestText::machineRow).toList());
  }

  private static List<String> machineRow(MachineFacts machine) {
    return List.of(
        References.shortName(machine.machine()),
        machine.running() ? "running" : "stopped",
        machine.level().label(),
        machine.freezeMillis() == 0 ? "-" : machine.freezeMillis() + " ms",
        machine.skewMillis() + " ms",
        machine.levelReason());
  }

  private static List<String> volumeRow(VolumeFacts volume) {
    String digest = volume.digest();
    return List.of(
        volume.claim(),
        volume.volumeMode(),
        Human.bytes(volume.sizeBytes()),
        Human.bytes(volume.bytesNew()),
        Human.bytes(volume.bytesStored()),
        volume.cutAt().toString(),
        digest.isEmpty() ? "-" : digest.substring(0, Math.min(DIGEST_SHOWN, digest.length())));
  }

  private static ObjectNode document(Manifest manifest) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "Point");
    document.put("version", manifest.version());
    document.put("firnVersion", manifest.firnVersion());
    document.put("point", manifest.point().value());
    document.put("namespace", manifest.namespace());
    document.put("capturedAt", manifest.capturedAt().toString());
    document
        .putObject("cluster")
        .put("name", manifest.cluster().name())
        .put("uid", manifest.cluster().uid())
        .put("kubernetesVersion", manifest.cluster().kubernetesVersion());
    ArrayNode machines = document.putArray("machines");
    manifest.machines().forEach(machine -> machines.add(document(machine)));
    document.set("volumes", volumes(manifest));
    ArrayNode definitions = document.putArray("definitions");
    manifest.definitions().forEach(ref -> definitions.add(References.document(ref)));
    ArrayNode excluded = document.putArray("excluded");
    manifest
        .excluded()
        .forEach(e -> excluded.addObject().put("claim", e.claim()).put("reason", e.reason()));
    return document;
  }

  private static ObjectNode document(MachineFacts machine) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("machine", References.document(machine.machine()));
    node.put("uid", machine.uid());
    node.put("running", machine.running());
    node.put("level", machine.level().label());
    node.put("levelReason", machine.levelReason());
    machine.frozenBy().ifPresent(by -> node.put("frozenBy", by));
    node.put("freezeMillis", machine.freezeMillis());
    node.put("skewMillis", machine.skewMillis());
    ArrayNode macs = node.putArray("macs");
    machine
        .effectiveMacs()
        .forEach(m -> macs.addObject().put("interface", m.interfaceName()).put("mac", m.mac()));
    machine.effectiveFirmwareUuid().ifPresent(uuid -> node.put("firmwareUuid", uuid));
    machine.claims().forEach(node.putArray("claims")::add);
    return node;
  }
}
