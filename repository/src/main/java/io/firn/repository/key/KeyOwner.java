package io.firn.repository.key;

import java.time.Instant;

/// Who made a key file, where and when: for people who look at a list of keys.
public record KeyOwner(String username, String hostname, Instant created) {}
