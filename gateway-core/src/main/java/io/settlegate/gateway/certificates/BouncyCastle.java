package io.settlegate.gateway.certificates;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider that knows SM2. It is handed to whoever needs it and never registered: the rest of the process keeps the JDK's. */
final class BouncyCastle {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}
}
