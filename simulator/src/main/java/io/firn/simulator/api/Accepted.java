package io.firn.simulator.api;

/// The form in which a client wants objects, from its Accept header. The first media type that the
/// server knows wins. `includeObject` says how much of each object goes along with a table row.
record Accepted(Form form, String version, String includeObject) {
  enum Form {
    OBJECT,
    TABLE,
    METADATA
  }

  static Accepted of(ApiRequest request) {
    String include = request.query().get("includeObject");
    for (String type : request.header("accept").split(",")) {
      String plain = type.replace(" ", "");
      if (plain.startsWith("application/json") && plain.contains("g=meta.k8s.io")) {
        String version = plain.contains("v=v1beta1") ? "v1beta1" : "v1";
        if (plain.contains("as=Table")) {
          return new Accepted(Form.TABLE, version, include.isEmpty() ? "Metadata" : include);
        }
        if (plain.contains("as=PartialObjectMetadata")) {
          return new Accepted(Form.METADATA, version, include);
        }
      }
    }
    return new Accepted(Form.OBJECT, "v1", include);
  }
}
