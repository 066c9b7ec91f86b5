package io.settlegate.gateway.certificates;

import java.nio.file.Path;
import java.util.List;

/**
 * Whom an operator trusts for an enrolment.
 *
 * @param authorities files of the certificates at which a chain may end; at least one.
 * @param lists files of revocation lists; empty where they are waived.
 * @param revocation whether lists are looked at.
 */
public record Trust(List<Path> authorities, List<Path> lists, Revocation revocation) {
    public Trust {
        authorities = List.copyOf(authorities);
        lists = List.copyOf(lists);
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException(
                    "no authority is named; a certificate that nobody vouches for proves nothing");
        }
        if (revocation == Revocation.WAIVED && !lists.isEmpty()) {
            throw new IllegalArgumentException("revocation lists are given and waived at once");
        }
    }
}
