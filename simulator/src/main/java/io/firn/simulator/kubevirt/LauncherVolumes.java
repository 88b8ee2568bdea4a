package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.array;
import static io.firn.simulator.client.Fields.has;
import static io.firn.simulator.client.Fields.objects;
import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Fields;
import java.util.Optional;
import java.util.function.Predicate;

/// Puts an instance's volumes into its launcher pod: claims as mounts or devices, Secrets and
/// ConfigMaps as mounts, TPM and EFI state last.
final class LauncherVolumes {
  private static final String PRIVATE = "/var/run/kubevirt-private";

  private final ObjectNode pod;
  private final ObjectNode compute;
  private final Predicate<String> block;

  LauncherVolumes(ObjectNode podSpec, Predicate<String> block) {
    this.pod = podSpec;
    this.compute = (ObjectNode) podSpec.path("containers").path(0);
    this.block = block;
  }

  void add(ObjectNode instance, Optional<String> backend) {
    for (ObjectNode volume : objects(instance, "spec", "volumes")) {
      add(volume);
    }
    for (ObjectNode credential : objects(instance, "spec", "accessCredentials")) {
      String kind = has(credential, "sshPublicKey") ? "sshPublicKey" : "userPassword";
      String secret = text(credential, kind, "source", "secret", "secretName");
      if (!secret.isEmpty()) {
        String name = secret + "-access-cred";
        secret(name, secret);
        mount(name, PRIVATE + "/secret/" + name).put("readOnly", true);
      }
    }
    backend.ifPresent(claim -> state(instance, claim));
    volume("hotplug-disks").putObject("emptyDir");
    mount("hotplug-disks", "/var/run/kubevirt/hotplug-disks")
        .put("mountPropagation", "HostToContainer");
  }

  private void add(ObjectNode volume) {
    String name = text(volume, "name");
    String claim = VolumeClaims.claimName(volume);
    if (!claim.isEmpty()) {
      claim(name, claim);
    } else if (has(volume, "cloudInitNoCloud")) {
      cloudInit(name, Fields.object(volume, "cloudInitNoCloud"));
    } else if (has(volume, "cloudInitConfigDrive")) {
      cloudInit(name, Fields.object(volume, "cloudInitConfigDrive"));
    } else if (has(volume, "secret")) {
      secret(name, text(volume, "secret", "secretName"));
      mount(name, PRIVATE + "/secret/" + name).put("readOnly", true);
    } else if (has(volume, "configMap")) {
      configMap(name, text(volume, "configMap", "name"));
      mount(name, PRIVATE + "/config-map/" + name).put("readOnly", true);
    } else if (has(volume, "serviceAccount")) {
      pod.put("serviceAccountName", text(volume, "serviceAccount", "serviceAccountName"));
      pod.put("automountServiceAccountToken", true);
    } else if (has(volume, "sysprep")) {
      sysprep(name, Fields.object(volume, "sysprep"));
    } else if (has(volume, "containerDisk")) {
      volume(name)
          .putObject("image")
          .put("reference", text(volume, "containerDisk", "image"))
          .put("pullPolicy", text(volume, "containerDisk", "imagePullPolicy"));
    }
  }

  private void claim(String name, String claim) {
    volume(name).putObject("persistentVolumeClaim").put("claimName", claim);
    if (block.test(claim)) {
      array(compute, "volumeDevices")
          .addObject()
          .put("name", name)
          .put("devicePath", "/dev/" + name);
    } else {
      mount(name, PRIVATE + "/vmi-disks/" + name);
    }
  }

  private void cloudInit(String name, ObjectNode source) {
    secretPart(name, "udata", text(source, "secretRef", "name"), "userdata", "userData");
    secretPart(
        name, "ndata", text(source, "networkDataSecretRef", "name"), "networkdata", "networkData");
  }

  private void secretPart(String name, String suffix, String secret, String... keys) {
    if (secret.isEmpty()) {
      return;
    }
    secret(name + "-" + suffix, secret);
    for (String key : keys) {
      mount(name + "-" + suffix, PRIVATE + "/secret/" + name + "/" + key)
          .put("readOnly", true)
          .put("subPath", key);
    }
  }

  private void sysprep(String name, ObjectNode source) {
    if (has(source, "secret")) {
      secret(name, text(source, "secret", "name"));
    } else {
      configMap(name, text(source, "configMap", "name"));
    }
    mount(name, PRIVATE + "/sysprep/" + name).put("readOnly", true);
  }

  private void state(ObjectNode instance, String claim) {
    volume("vm-state").putObject("persistentVolumeClaim").put("claimName", claim);
    volume("private-libvirt").putObject("emptyDir");
    volume("private-libvirt-qemu").putObject("emptyDir");
    mount("vm-state", "/run/kubevirt-private/backend-storage-meta").put("subPath", "meta");
    mount("private-libvirt", PRIVATE + "/libvirt");
    mount("private-libvirt-qemu", PRIVATE + "/libvirt/qemu");
    if (has(instance, "spec", "domain", "devices", "tpm")) {
      mount("vm-state", PRIVATE + "/libvirt/qemu/swtpm").put("subPath", "swtpm");
      mount("vm-state", PRIVATE + "/var/lib/swtpm-localca").put("subPath", "swtpm-localca");
    }
    if (has(instance, "spec", "domain", "firmware", "bootloader", "efi")) {
      mount("vm-state", PRIVATE + "/libvirt/qemu/nvram").put("subPath", "nvram");
    }
  }

  private void secret(String name, String secret) {
    volume(name).putObject("secret").put("defaultMode", 420).put("secretName", secret);
  }

  private void configMap(String name, String configMap) {
    volume(name).putObject("configMap").put("defaultMode", 420).put("name", configMap);
  }

  private ObjectNode volume(String name) {
    return array(pod, "volumes").addObject().put("name", name);
  }

  private ObjectNode mount(String volume, String path) {
    return array(compute, "volumeMounts").addObject().put("name", volume).put("mountPath", path);
  }
}
