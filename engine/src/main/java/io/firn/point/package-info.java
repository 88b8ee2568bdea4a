/// Where points rest and what they are: vault, domains, manifest, catalog.
@NullMarked
package io.firn.point;

import org.jspecify.annotations.NullMarked;
