package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DefinitionYamlTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Texts that YAML would rather have as something else, or not at all.
  private static final String[] TRICKY = {
    "",
    " ",
    "yes",
    "NO",
    "on",
    "null",
    "~",
    "true",
    "1",
    "0123",
    "0o7",
    "1e3",
    "1_000",
    "1:30",
    "2026-11-24",
    ".inf",
    "=",
    "<<",
    "- a",
    "a: b",
    "#x",
    "'",
    "\"",
    "@at",
    "`",
    "%d",
    "!tag",
    "&a",
    "*a",
    "{}",
    "[]",
    "line\nbreak",
    "line\n",
    " lead",
    "trail ",
    "tab\t",
    "cr\rlf",
    "雪\uD83C\uDFD4",
    "\u0085",
    "\u2028",
    "\u0000",
    "\u001b[0m",
    "x".repeat(5000),
    "multi\n\n  line\n\ttext\n"
  };

  @Test
  void everyText_asValueAndKey_readsBackTheSame() throws IOException {
    for (String text : TRICKY) {
      ObjectNode object = JSON.createObjectNode();
      object.putObject("data").put("value", text).put("k" + text, 1);
      object.putArray("list").add(text).add(text);

      byte[] yaml = DefinitionYaml.write(object);

      assertThat(DefinitionYaml.read(yaml, "x").toString())
          .as(new String(yaml, StandardCharsets.UTF_8))
          .isEqualTo(object.toString());
    }
  }

  @Test
  void plainObject_isReadableYaml() throws IOException {
    ObjectNode object =
        (ObjectNode) JSON.readTree("{\"kind\":\"Secret\",\"spec\":{\"cpus\":3,\"text\":\"3\"}}");

    assertThat(new String(DefinitionYaml.write(object), StandardCharsets.UTF_8))
        .isEqualTo("kind: Secret\nspec:\n  cpus: 3\n  text: \"3\"\n");
  }

  @Test
  void longestName_hasAFileNameThatAFileSystemTakes() {
    ObjectRef one = new ObjectRef("", "Secret", "shop", "a".repeat(252) + "1");
    ObjectRef other = new ObjectRef("", "Secret", "shop", "a".repeat(252) + "2");

    DefinitionPath path = DefinitionPath.of(one, "shop");

    assertThat(path.fileName().length()).isLessThanOrEqualTo(255);
    assertThat(path.fileName()).isNotEqualTo(DefinitionPath.of(other, "shop").fileName());
    assertThat(path.text()).startsWith("definitions/core/Secret/aaa");
  }

  @Test
  void objectOfAnotherNamespace_doesNotMeetItsNamesake() {
    ObjectRef own = new ObjectRef("k8s.cni.cncf.io", "Net", "shop", "blue");
    ObjectRef other = new ObjectRef("k8s.cni.cncf.io", "Net", "infra", "blue");

    assertThat(DefinitionPath.of(own, "shop").text())
        .isEqualTo("definitions/k8s.cni.cncf.io/Net/blue.yaml");
    assertThat(DefinitionPath.of(other, "shop").text())
        .isEqualTo("definitions/k8s.cni.cncf.io/Net/infra/blue.yaml");
  }
}
