package io.firn.simulator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotClassChoiceTest {
  private static final String DRIVER = "csi.example";

  private static ObjectNode snapshotClass(String name, String driver, String isDefault) {
    ObjectNode made = Types.SNAPSHOT_CLASS.newObject("", name).put("driver", driver);
    if (!isDefault.isEmpty()) {
      Meta.annotations(made).put(StorageNames.DEFAULT_CLASS, isDefault);
    }
    return made;
  }

  private static String refusal(List<ObjectNode> classes, String named) {
    return switch (SnapshotClassChoice.of(classes, named, DRIVER)) {
      case SnapshotClassChoice.Refused(String _, String message) -> message;
      case SnapshotClassChoice.Chosen(ObjectNode chosen) -> "chose " + Meta.name(chosen);
    };
  }

  @Test
  void oneDefaultOfTheDriver_isChosen() {
    List<ObjectNode> classes =
        List.of(
            snapshotClass("other", "csi.other", "true"),
            snapshotClass("plain", DRIVER, ""),
            snapshotClass("off", DRIVER, "false"),
            snapshotClass("fast", DRIVER, "true"));
    assertThat(refusal(classes, "")).isEqualTo("chose fast");
  }

  @Test
  void noDefaultOrTwo_areRefused() {
    assertThat(refusal(List.of(snapshotClass("plain", DRIVER, "")), ""))
        .isEqualTo(
            "Failed to set default snapshot class with error cannot find default snapshot class");
    List<ObjectNode> two =
        List.of(snapshotClass("a", DRIVER, "true"), snapshotClass("b", DRIVER, "true"));
    assertThat(refusal(two, "")).endsWith("2 default snapshot classes were found");
  }

  @Test
  void namedClass_absentOrOfAnotherDriver_isRefused() {
    List<ObjectNode> classes = List.of(snapshotClass("other", "csi.other", "true"));
    assertThat(refusal(classes, "nope"))
        .isEqualTo(
            "Failed to get snapshot class with error"
                + " volumesnapshotclass.snapshot.storage.k8s.io \"nope\" not found");
    assertThat(refusal(classes, "other")).contains("csi.other");
  }
}
