package io.firn.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rules of pod security that somebody who runs movers meets, of the newest version and in the
/// words of the real ones (`k8s.io/pod-security-admission/policy`). Not looked at: AppArmor,
/// SELinux, sysctls, /proc mounts, host names of probes, Windows.
///
/// For one pod.
final class PodSecurityChecks {
  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

  private final JsonNode spec;
  private final List<JsonNode> containers;
  private final List<String> violations = new ArrayList<>();

  private PodSecurityChecks(JsonNode spec) {
    this.spec = spec;
    this.containers =
        Stream.of("initContainers", "containers", "ephemeralContainers")
            .flatMap(list -> Json.elements(spec.path(list)))
            .toList();
  }

  /// What is against the level, joined as messages print it; "" where nothing is.
  static String violations(PodSecurityPolicy.Level level, JsonNode spec) {
    PodSecurityChecks checks = new PodSecurityChecks(spec);
    switch (level) {
      case PRIVILEGED -> {}
      case BASELINE -> {
        checks.addedCapabilities(CAPABILITIES, "non-default capabilities");
        checks.baseline();
        checks.seccomp(false);
      }
      case RESTRICTED -> {
        checks.baseline();
        checks.restricted();
      }
    }
    return String.join(", ", checks.violations);
  }

  private void baseline() {
    List<String> host =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(field -> spec.path(field).asBoolean())
            .map(field -> field + "=true")
            .toList();
    add(!host.isEmpty(), "host namespaces", String.join(", ", host));
    List<String> paths =
        Json.elements(spec.path("volumes"))
            .filter(volume -> volume.has("hostPath"))
            .map(volume -> volume.path("name").asText())
            .toList();
    add(!paths.isEmpty(), "hostPath volumes", named("volume", paths));
    hostPorts();
    List<String> privileged = bad(c -> security(c).path("privileged").asBoolean());
    add(
        !privileged.isEmpty(),
        "privileged",
        named("container", privileged) + " must not set securityContext.privileged=true");
  }

  private void hostPorts() {
    Set<String> ports = new TreeSet<>();
    List<String> bad =
        bad(c -> {
          List<String> here =
              Json.elements(c.path("ports"))
                  .map(port -> port.path("hostPort").asText("0"))
                  .filter(port -> !port.equals("0"))
                  .toList();
          ports.addAll(here);
          return !here.isEmpty();
        });
    String uses = bad.size() == 1 ? " uses " : " use ";
    String what = ports.size() == 1 ? "hostPort " : "hostPorts ";
    add(
        !bad.isEmpty(),
        "hostPort",
        named("container", bad) + uses + what + String.join(", ", ports));
  }

  private void restricted() {
    List<String> escalating =
        bad(c -> security(c).path("allowPrivilegeEscalation").asBoolean(true));
    add(
        !escalating.isEmpty(),
        "allowPrivilegeEscalation != false",
        named("container", escalating)
            + " must set securityContext.allowPrivilegeEscalation=false");
    capabilities();
    volumes();
    if (spec.path("hostUsers").asBoolean(true)) {
      nonRoot();
      user();
    }
    seccomp(true);
  }

  private void addedCapabilities(Set<String> allowed, String reason) {
    String detail = forbiddenCapabilities(allowed);
    add(!detail.isEmpty(), reason, detail);
  }

  private String forbiddenCapabilities(Set<String> allowed) {
    Set<String> names = new TreeSet<>();
    List<String> bad =
        bad(c -> {
          List<String> here =
              Json.strings(security(c).path("capabilities").path("add")).stream()
                  .filter(name -> !allowed.contains(name))
                  .toList();
          names.addAll(here);
          return !here.isEmpty();
        });
    return bad.isEmpty()
        ? ""
        : named("container", bad)
            + " must not include "
            + quoted(names)
            + " in securityContext.capabilities.add";
  }

  private void capabilities() {
    List<String> keeping =
        bad(c -> !Json.strings(security(c).path("capabilities").path("drop")).contains("ALL"));
    List<String> details = new ArrayList<>();
    if (!keeping.isEmpty()) {
      details.add(
          named("container", keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
    }
    String added = forbiddenCapabilities(Set.of("NET_BIND_SERVICE"));
    if (!added.isEmpty()) {
      details.add(added);
    }
    add(!details.isEmpty(), "unrestricted capabilities", String.join("; ", details));
  }

  private void volumes() {
    List<String> names = new ArrayList<>();
    Set<String> types = new TreeSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      for (var field : volume.properties()) {
        if (!field.getKey().equals("name") && !VOLUMES.contains(field.getKey())) {
          names.add(volume.path("name").asText());
          types.add(field.getKey());
        }
      }
    }
    String uses = names.size() == 1 ? " uses " : " use ";
    String type = types.size() == 1 ? "restricted volume type " : "restricted volume types ";
    add(
        !names.isEmpty(),
        "restricted volume types",
        named("volume", names) + uses + type + quoted(types));
  }

  private void nonRoot() {
    JsonNode ofPod = spec.path("securityContext").path("runAsNonRoot");
    List<String> saying = new ArrayList<>();
    if (ofPod.isBoolean() && !ofPod.asBoolean()) {
      saying.add("pod");
    }
    List<String> explicit =
        bad(c -> security(c).has("runAsNonRoot") && !security(c).path("runAsNonRoot").asBoolean());
    if (!explicit.isEmpty()) {
      saying.add(named("container", explicit));
    }
    List<String> silent = bad(c -> !security(c).has("runAsNonRoot") && !ofPod.asBoolean());
    if (!saying.isEmpty()) {
      add(
          true,
          "runAsNonRoot != true",
          String.join(" and ", saying) + " must not set securityContext.runAsNonRoot=false");
    } else {
      add(
          !silent.isEmpty(),
          "runAsNonRoot != true",
          "pod or " + named("container", silent) + " must set securityContext.runAsNonRoot=true");
    }
  }

  private void user() {
    List<String> saying = new ArrayList<>();
    if (isRoot(spec.path("securityContext"))) {
      saying.add("pod");
    }
    List<String> explicit = bad(c -> isRoot(security(c)));
    if (!explicit.isEmpty()) {
      saying.add(named("container", explicit));
    }
    add(
        !saying.isEmpty(),
        "runAsUser=0",
        String.join(" and ", saying) + " must not set runAsUser=0");
  }

  private static boolean isRoot(JsonNode security) {
    return security.has("runAsUser") && security.path("runAsUser").asLong() == 0;
  }

  private void seccomp(boolean demanded) {
    String ofPod = profile(spec.path("securityContext"));
    List<String> saying = new ArrayList<>();
    Set<String> values = new TreeSet<>();
    if (!ofPod.isEmpty() && !PROFILES.contains(ofPod)) {
      saying.add("pod");
      values.add(ofPod);
    }
    List<String> explicit =
        bad(c -> {
          String profile = profile(security(c));
          boolean bad = !profile.isEmpty() && !PROFILES.contains(profile);
          if (bad) {
            values.add(profile);
          }
          return bad;
        });
    if (!explicit.isEmpty()) {
      saying.add(named("container", explicit));
    }
    List<String> silent = bad(c -> profile(security(c)).isEmpty() && !PROFILES.contains(ofPod));
    if (!saying.isEmpty()) {
      add(
          true,
          "seccompProfile",
          String.join(" and ", saying)
              + " must not set securityContext.seccompProfile.type to "
              + quoted(values));
    } else {
      add(
          demanded && !silent.isEmpty(),
          "seccompProfile",
          "pod or "
              + named("container", silent)
              + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
              + " \"Localhost\"");
    }
  }

  private static String profile(JsonNode security) {
    return security.path("seccompProfile").path("type").asText();
  }

  private static JsonNode security(JsonNode container) {
    return container.path("securityContext");
  }

  private List<String> bad(Predicate<JsonNode> test) {
    return containers.stream().filter(test).map(c -> c.path("name").asText()).toList();
  }

  private static String named(String what, List<String> names) {
    return (names.size() == 1 ? what : what + "s") + " " + quoted(names);
  }

  private static String quoted(Iterable<String> names) {
    return "\"" + String.join("\", \"", names) + "\"";
  }

  private void add(boolean violated, String reason, String detail) {
    if (violated) {
      violations.add(reason + " (" + detail + ")");
    }
  }
}
