package io.firn.point;

/// The folder of a vault that is one repository: by default a namespace.
public record Domain(String name) {}
