package io.firn.dist.demo;

import java.util.List;

/// Step 8: the vault is read back.
final class VerifyStep {
  private final Stage stage;

  VerifyStep(Stage stage) {
    this.stage = stage;
  }

  void tell(Captures captures) {
    stage.step(8, "Both points are read back and compared with what was captured");
    stage.firn(List.of(0), "verify", Captures.point(captures.first()));
    stage.firn(List.of(0), "verify", Captures.point(captures.second()));
    stage.claim("both points are whole", true, "");
  }
}
