package io.firn.cli.options;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.MoverTemplate;
import io.firn.cluster.MoverTemplateRules;
import io.firn.cluster.PodTemplateMerge;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How movers run: flags, and a file that says the same and more; a flag comes before the file.
public final class MoverOptions {
  @Option(
      names = "--mover-image",
      paramLabel = "IMAGE",
      description = "Container image of the movers, by tag or digest; default: firn.")
  private @Nullable String image;

  @Option(
      names = "--mover-template",
      paramLabel = "FILE",
      description =
          "PodTemplate (YAML or JSON) to lay over the movers' pods: whatever else their namespace"
              + " asks for. See docs/movers.md.")
  private @Nullable Path file;

  @Option(
      names = "--mover-service-account",
      paramLabel = "NAME",
      description =
          "Service account whose role opens an s3: vault to movers; their Secret then holds no S3"
              + " credentials.")
  private @Nullable String serviceAccount;

  @Option(
      names = "--mover-root",
      description =
          "Run movers as root; default: as user 107, whose the machines' disks are. For nodes that"
              + " give block devices to root alone.")
  private boolean root;

  @Option(
      names = "--mover-memory",
      paramLabel = "SIZE",
      description = "Memory limit of a mover, as 1Gi; a third of it is the heap; default: 768Mi.")
  private @Nullable String memory;

  @Option(
      names = "--mover-pull-secret",
      paramLabel = "NAME",
      description = "Secret to pull the image with; may be repeated.")
  private Set<String> pullSecrets = new LinkedHashSet<>();

  @Option(
      names = "--mover-node-selector",
      paramLabel = "LABEL=VALUE",
      description = "Run movers on nodes with this label only; may be repeated.")
  private Map<String, String> nodeSelector = new LinkedHashMap<>();

  @Option(
      names = "--mover-priority-class",
      paramLabel = "NAME",
      description = "Priority class of the movers.")
  private @Nullable String priorityClass;

  @Option(
      names = "--mover-label",
      paramLabel = "LABEL=VALUE",
      description = "Label of the movers' Jobs and pods; may be repeated.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--mover-annotation",
      paramLabel = "KEY=VALUE",
      description = "Annotation of the movers' Jobs and pods; may be repeated.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Option(
      names = "--mover-env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable of the movers, HTTPS_PROXY say; may be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  public Optional<String> serviceAccount() {
    return Optional.ofNullable(serviceAccount);
  }

  /// File and flags together. A [io.firn.failure.FirnException] with `USAGE` names the field that
  /// is Firn's own, or whatever else is wrong.
  public MoverTemplate template() {
    ObjectNode ofFile =
        file == null ? JsonNodeFactory.instance.objectNode() : MoverTemplateFile.read(file);
    require("--mover-template " + file, ofFile);
    ObjectNode ofFlags = flags();
    require("the --mover flags", ofFlags);
    ObjectNode pod = PodTemplateMerge.merge(ofFile, ofFlags);
    boolean otherUser = pod.at("/spec/securityContext/runAsUser").asInt(0) != 0;
    if (root && otherUser) {
      throw UsageFailure.of(
          "--mover-root is given, and the template has spec.securityContext.runAsUser",
          "Leave one of them out.");
    }
    return new MoverTemplate(pod, root);
  }

  private ObjectNode flags() {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    entries(pod, "/metadata/labels", labels);
    entries(pod, "/metadata/annotations", annotations);
    entries(pod, "/spec/nodeSelector", nodeSelector);
    text(pod, "serviceAccountName", serviceAccount);
    text(pod, "priorityClassName", priorityClass);
    pullSecrets.forEach(name ->
        pod.withObject("/spec")
            .withArrayProperty("imagePullSecrets")
            .addObject()
            .put("name", name));
    if (image != null || memory != null || !environment.isEmpty()) {
      container(pod.withObject("/spec").withArrayProperty("containers").addObject());
    }
    return pod;
  }

  private void container(ObjectNode container) {
    container.put("name", MoverTemplate.CONTAINER);
    if (image != null) {
      container.put("image", image);
    }
    if (memory != null) {
      container.withObject("/resources/limits").put("memory", memory);
    }
    environment.forEach((name, value) ->
        container.withArrayProperty("env").addObject().put("name", name).put("value", value));
  }

  private static void entries(ObjectNode pod, String where, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      entries.forEach(pod.withObject(where)::put);
    }
  }

  private static void text(ObjectNode pod, String field, @Nullable String value) {
    if (value != null) {
      pod.withObject("/spec").put(field, value);
    }
  }

  private static void require(String origin, ObjectNode pod) {
    List<String> problems = MoverTemplateRules.problems(pod);
    if (!problems.isEmpty()) {
      String more = problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more";
      throw UsageFailure.of(
          origin + " cannot be used: " + problems.getFirst() + more,
          "Take it out; docs/movers.md says what a template may hold.");
    }
  }
}
