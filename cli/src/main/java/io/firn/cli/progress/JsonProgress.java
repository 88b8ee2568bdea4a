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
  public void transfer(String name, Amount amount) {
    ObjectNode line = line("progress").put("volume", name);
    line.put("done", amount.done()).put("total", amount.total());
    switch (amount) {
      case Amount.Read _ -> line.put("unit", "bytes");
      case Amount.Stored stored -> line.put("unit", "bytes").put("stored", stored.stored());
      case Amount.Written written -> line.put("unit", "bytes").put("written", written.written());
      case Amount.Share _ -> line.put("unit", "share");
      case Amount.Count count -> line.put("unit", count.things());
    }
    print(line);
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
