package io.firn.dist;

import io.firn.cli.options.UsageFailure;
import io.firn.simulator.ControlPlane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `simulator/real-cluster/run` as a child of this process. It ends with this process, however that
/// ends: its command waits for the end of a pipe that only this process holds.
final class RealPlane {
  private static final String PLANE = "FIRN_REAL_PLANE=";
  private static final int PATIENCE_SECONDS = 30;

  private RealPlane() {}

  /// Returns when all of it is up. What it says meanwhile (it may have to be built) goes to the
  /// standard error.
  static PlaneLease start(List<String> sets, PrintStream progress) {
    List<String> command = new ArrayList<>();
    command.add(script().toString());
    command.addAll(sets);
    String wait = "printf '" + PLANE + "%s\\n' \"$FIRN_REAL_PLANE\"; exec cat >/dev/null";
    command.addAll(List.of("--", "/bin/sh", "-c", wait));
    progress.println("starting a real control plane" + (sets.isEmpty() ? "" : " with " + sets));
    try {
      Process child = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      return new PlaneLease(new ControlPlane.Plane(folder(child)), () -> end(child));
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  /// Beside this program: in a checkout, or in the unpacked archive.
  private static Path script() {
    Path launcher = Path.of(System.getProperty("firn.launcher", "firn")).toAbsolutePath();
    for (String place : List.of("simulator", "../simulator")) {
      Path script = launcher.resolveSibling(place).resolve("real-cluster/run").normalize();
      if (Files.isExecutable(script)) {
        return script;
      }
    }
    throw UsageFailure.of(
        "--api real needs simulator/real-cluster/run, which is neither beside "
            + launcher
            + " nor above it",
        "Run firn from a checkout of its sources or from its whole archive; or start a control"
            + " plane of your own and name it by --kubeconfig.");
  }

  private static Path folder(Process child) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(PLANE)) {
        return Path.of(line.substring(PLANE.length()));
      }
    }
    throw failed("it ended before it was up; what it said is above");
  }

  private static RuntimeException failed(String why) {
    return UsageFailure.of(
        "the real control plane does not start: " + why,
        "simulator/real-cluster/README.md says what it needs.");
  }

  private static void end(Process child) {
    try {
      child.getOutputStream().close();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (IOException e) {
      child.destroy();
    } catch (InterruptedException e) {
      child.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
