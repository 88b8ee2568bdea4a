package io.firn.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/// One JSON object a line: `type` is `step`, `progress` or `warning`. Thread-safe.
record JsonProgress(PrintStream err) implements Progress {
  @Override
  public void step(String step, String detail) {
    print(line("step").put("step", step).put("detail", detail));
  }

  @Override
  public void transfer(String volume, long done, long total, long stored) {
    print(
        line("progress")
            .put("volume", volume)
            .put("done", done)
            .put("total", total)
            .put("stored", stored));
  }

  @Override
  public void warning(String message) {
    print(line("warning").put("message", message));
  }

  @Override
  public void close() {}

  private static ObjectNode line(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private void print(ObjectNode line) {
    err.println(line);
  }
}
