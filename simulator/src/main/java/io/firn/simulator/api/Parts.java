package io.firn.simulator.api;

import io.firn.simulator.tls.LoopbackIdentity;
import io.firn.simulator.tls.ServerIdentity;
import java.time.InstantSource;

/// The server's parts, put together in one place.
record Parts(
    ServerIdentity identity,
    Tokens tokens,
    Admission admission,
    Aggregation aggregation,
    PodLogs logs,
    Dispatcher dispatcher,
    Store store,
    Housekeeping housekeeping)
    implements AutoCloseable {

  /// `logCapacity` changes of each resource can be replayed by watches.
  static Parts assemble(ApiServerOptions options, int logCapacity) {
    InstantSource clock = options.clock();
    ServerIdentity identity = LoopbackIdentity.in(options.directory(), "apiserver");
    Store store = new Store(logCapacity);
    Registry registry = new Registry(BuiltinResources.all());
    Tokens tokens = new Tokens(clock);
    Admission admission = new Admission();
    Aggregation aggregation = new Aggregation();

    Quotas quotas = new Quotas(store);
    Writes writes =
        new Writes(
            store,
            new Strategies(new BuiltinDefaults(store), clock),
            admission,
            new NamespaceRules(store),
            new PodSecurity(store),
            new LimitRanges(store),
            quotas,
            new GeneratedNames(options.seed()),
            clock);
    Deletions deletions = new Deletions(store, admission, clock);
    OwnerIndex owners = new OwnerIndex();
    Housekeeping housekeeping =
        new Housekeeping(
            new GarbageCollector(store, registry, owners, deletions),
            new Endings(store, registry, deletions),
            quotas);
    Bootstrap bootstrap = new Bootstrap(registry, store, writes, identity.certificate());
    store.listen(new CustomResources(registry));
    store.listen(owners);
    store.listen(housekeeping);

    Rendering rendering = new Rendering(new Tables(clock));
    Reads reads = new Reads(store, rendering);
    PodLogs logs = new PodLogs(reads, store, clock);
    Authorizer authorizer = new Authorizer(store);
    Subresources subresources =
        new Subresources(
            logs,
            new PodActions(store, reads, writes, deletions, clock),
            new Scales(reads, writes, clock),
            new TokenRequests(reads, tokens, clock),
            new Reviews(authorizer, tokens));
    ResourceRequests requests =
        new ResourceRequests(
            reads,
            writes,
            deletions,
            new Watches(store, reads, rendering),
            rendering,
            subresources,
            bootstrap);
    Dispatcher dispatcher =
        new Dispatcher(
            registry,
            new Discovery(registry, aggregation),
            aggregation,
            authorizer,
            requests,
            new OpenApi(registry));
    bootstrap.fill();
    housekeeping.start();
    return new Parts(
        identity, tokens, admission, aggregation, logs, dispatcher, store, housekeeping);
  }

  @Override
  public void close() {
    housekeeping.close();
    store.close();
  }
}
