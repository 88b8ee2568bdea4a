package io.firn.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What distance costs: a mover's first full backup to a local folder, to a bucket next door, and
/// to one that is 20 ms away. The S3 server runs on the same processors.
///
/// Arguments: launcher, scratch folder, s3proxy.jar, size of the disk in MiB, rounds.
public final class S3Latency {
  private static final Map<String, String> CREDENTIALS =
      Map.of("AWS_ACCESS_KEY_ID", "bench", "AWS_SECRET_ACCESS_KEY", "bench-secret");

  private final Path launcher;
  private final Path scratch;
  private final Path password;
  private final Stopwatch stopwatch;
  private final Map<String, List<Measured>> figures = new LinkedHashMap<>();

  private S3Latency(Path launcher, Path scratch) throws IOException {
    this.launcher = launcher;
    this.scratch = scratch;
    this.password = Files.writeString(scratch.resolve("password"), "bench\n");
    this.stopwatch = new Stopwatch(scratch);
  }

  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(arguments[1]);
    DiskImages images = new DiskImages(scratch, Long.parseLong(arguments[3]) << 20);
    images.make();
    Files.createDirectories(scratch.resolve("buckets/bench"));
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    Process process = s3proxy(Path.of(arguments[2]), scratch, server);
    try (LatencyProxy far = new LatencyProxy(server, Duration.ofMillis(20))) {
      awaitAnswer(server);
      new S3Latency(Path.of(arguments[0]), scratch)
          .run(images.first(), Integer.parseInt(arguments[4]), server.getPort(), far.port());
    } finally {
      process.destroy();
    }
  }

  private void run(Path disk, int rounds, int near, int far) throws IOException {
    for (int round = 1; round <= rounds; round++) {
      measure("folder", disk, scratch.resolve("vault-" + round).toString());
      measure("bucket, next door", disk, address(near, "near-" + round));
      measure("bucket, 20 ms away", disk, address(far, "far-" + round));
      for (String place : new String[] {"vault-", "buckets/bench/near-", "buckets/bench/far-"}) {
        Shell.run("rm", "-rf", scratch.resolve(place + round).toString());
      }
    }
    double local = Measured.median(figures.getOrDefault("folder", List.of())).wallSeconds();
    System.out.println("| vault | wall s / processor s / peak MB | wall, to the folder's |");
    System.out.println("|---|---|---|");
    figures.forEach((name, runs) -> {
      Measured median = Measured.median(runs);
      double ratio = median.wallSeconds() / local;
      System.out.printf(Locale.ROOT, "| %s | %s | %.2f |%n", name, median, ratio);
    });
  }

  private void measure(String name, Path disk, String vault) throws IOException {
    Path empty = Files.write(scratch.resolve("empty.img"), new byte[0]);
    Measured made =
        stopwatch.time(
            List.of(
                launcher + "", "vault", "init", "--vault", vault, "--password-file", password + ""),
            CREDENTIALS);
    Measured domain = stopwatch.time(backup(vault, empty), CREDENTIALS);
    Measured full = stopwatch.time(backup(vault, disk), CREDENTIALS);
    figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(full);
    System.err.printf(
        Locale.ROOT,
        "bench: %s: init %.2f s, nothing %.2f s, full %.2f s%n",
        name,
        made.wallSeconds(),
        domain.wallSeconds(),
        full.wallSeconds());
  }

  private List<String> backup(String vault, Path disk) {
    return List.of(
        launcher.toString(),
        "mover",
        "backup",
        "--source",
        disk.toString(),
        "--vault",
        vault,
        "--domain",
        "d",
        "--password-file",
        password.toString());
  }

  private static String address(int port, String prefix) {
    return "s3://bench/" + prefix + "?endpoint=http://127.0.0.1:" + port;
  }

  private static Process s3proxy(Path jar, Path scratch, InetSocketAddress at) throws IOException {
    Path settings =
        Files.writeString(
            scratch.resolve("s3proxy.properties"),
            """
            s3proxy.endpoint=http://127.0.0.1:%d
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=bench
            s3proxy.credential=bench-secret
            jclouds.provider=filesystem-nio2
            jclouds.filesystem.basedir=%s
            """
                .formatted(at.getPort(), scratch.resolve("buckets")));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java, "-Xmx512m", "-jar", jar.toString(), "--properties", settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("s3proxy.log").toFile())
        .start();
  }

  private static void awaitAnswer(InetSocketAddress at) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + at.getPort());
    for (int i = 0; i < 600; i++) {
      try {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        if (connection.getResponseCode() > 0) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IOException("s3proxy does not answer");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
