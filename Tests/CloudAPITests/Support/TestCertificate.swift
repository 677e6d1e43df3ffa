/// Certificates of an authority that exists only for these tests, with keys that protect nothing.
struct TestCertificate: Sendable {
  let certificate: String
  let key: String

  /// The authority that signed all of them, valid from 2019 to 2119.
  static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBdjCCARygAwIBAgICEAAwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWc2t5ZGVj
    ayB0ZXN0IGF1dGhvcml0eTAgFw0xOTAxMDEwMDAwMDBaGA8yMTE5MDEwMTAwMDAw
    MFowITEfMB0GA1UEAwwWc2t5ZGVjayB0ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49
    AgEGCCqGSM49AwEHA0IABPDbICetA4j8rCRNOW4oF6o1yApBqR198EVmpUQfG2+f
    vqANkAjP1PYLFZ2uZdI5GQn4PGBgWKa/hMOaIhpo5fqjQjBAMA8GA1UdEwEB/wQF
    MAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBRtQf3cK8aRrXLIPZ0TRfb4
    VCft6TAKBggqhkjOPQQDAgNIADBFAiBvOMFR+IKeh1hvGnfeQmOhcFVX0pe1E5Yn
    vgm5FWq+sAIhAMNRS6fSTa6hhpnLO2zPTTRUJDiaDp8RTfjpWnvQ0K/I
    -----END CERTIFICATE-----
    """

  /// For localhost and 127.0.0.1, until 2119.
  static let localhost = TestCertificate(
    certificate: """
      -----BEGIN CERTIFICATE-----
      MIIBjzCCATagAwIBAgICEAEwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWc2t5ZGVj
      ayB0ZXN0IGF1dGhvcml0eTAgFw0xOTAxMDEwMDAwMDBaGA8yMTE5MDEwMTAwMDAw
      MFowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
      QgAEPyjiL7a93cTj9BkapcYyiWHod6K+7gDfkLXeqIaMEihqGnyxNuFSiUNMO916
      t1HD7vNrhbFCqCAw07ud7uFxNKNpMGcwGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/
      AAABMAkGA1UdEwQCMAAwHQYDVR0OBBYEFNDdjTNMh+3BN5MlvEKlLU2HqcO/MB8G
      A1UdIwQYMBaAFG1B/dwrxpGtcsg9nRNF9vhUJ+3pMAoGCCqGSM49BAMCA0cAMEQC
      IBep6Bt1ecjrdE2/2695AAnskKGzpoh3bg5lThIefdpaAiBTkErdRhfUKYvWsvcu
      DrknaZw2Wr+wTQiSkMSii6XMLA==
      -----END CERTIFICATE-----
      """,
    key: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQF4SOEgRTVWoiqyo
      eN+jUGq5CWL6RHFILFXtI1Z0+BGhRANCAAQ/KOIvtr3dxOP0GRqlxjKJYeh3or7u
      AN+Qtd6ohowSKGoafLE24VKJQ0w73Xq3UcPu82uFsUKoIDDTu53u4XE0
      -----END PRIVATE KEY-----
      """)

  /// For another host.
  static let elsewhere = TestCertificate(
    certificate: """
      -----BEGIN CERTIFICATE-----
      MIIBmjCCAUCgAwIBAgICEAIwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWc2t5ZGVj
      ayB0ZXN0IGF1dGhvcml0eTAgFw0xOTAxMDEwMDAwMDBaGA8yMTE5MDEwMTAwMDAw
      MFowHDEaMBgGA1UEAwwRZWxzZXdoZXJlLmV4YW1wbGUwWTATBgcqhkjOPQIBBggq
      hkjOPQMBBwNCAAQb5z4bpGNZGyHuuP6O1vX5Ybm9ZDXPJXClWQLV+7iKC05nU9eK
      s1eEPCAyr3roUvzS0xJJoMqaEnRnB4hH9B8/o2swaTAcBgNVHREEFTATghFlbHNl
      d2hlcmUuZXhhbXBsZTAJBgNVHRMEAjAAMB0GA1UdDgQWBBRZPphK9Z2hj50kwO8e
      xI2R+Q60tDAfBgNVHSMEGDAWgBRtQf3cK8aRrXLIPZ0TRfb4VCft6TAKBggqhkjO
      PQQDAgNIADBFAiAwaWcFahg26W65E10LPDgTTaB0PIvOOslRpsbl1z65BwIhAK07
      JvNr7TeZCkxY4D90yCrZ7q1j1XrhUhFxiZskDdfx
      -----END CERTIFICATE-----
      """,
    key: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnUSj4QQtLaYxRIuC
      BS+/tp6NJxcIxJHkbwLNPyg4UhmhRANCAAQb5z4bpGNZGyHuuP6O1vX5Ybm9ZDXP
      JXClWQLV+7iKC05nU9eKs1eEPCAyr3roUvzS0xJJoMqaEnRnB4hH9B8/
      -----END PRIVATE KEY-----
      """)

  /// For localhost; expired in 2020.
  static let expired = TestCertificate(
    certificate: """
      -----BEGIN CERTIFICATE-----
      MIIBiTCCAS6gAwIBAgICEAMwCgYIKoZIzj0EAwIwITEfMB0GA1UEAwwWc2t5ZGVj
      ayB0ZXN0IGF1dGhvcml0eTAeFw0xOTAxMDEwMDAwMDBaFw0yMDAxMDEwMDAwMDBa
      MBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
      BFhhqsKsRkGygoZYgFFrSQJ+BVluUiJbrNiPHBYuzLwi3TfY+P2H20+4BKmcD/AD
      vs9ehR49dpQIIIZOmUiW7/qjYzBhMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAJBgNV
      HRMEAjAAMB0GA1UdDgQWBBRF0Q2htarWREiT1mfPXwIZc5QkHzAfBgNVHSMEGDAW
      gBRtQf3cK8aRrXLIPZ0TRfb4VCft6TAKBggqhkjOPQQDAgNJADBGAiEAjE38E3qr
      FYa9gNtt2XjVEYoEiWnMAOwkOnmlNyCwWbECIQDQurJ+NqHSIHmSbx0vwizzTrtE
      dV2h886LAYl5mkjt2w==
      -----END CERTIFICATE-----
      """,
    key: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCpe8lgjInvlk0n2g
      2wEHVogzf6AqNWWf6VcgUpDJIEehRANCAARYYarCrEZBsoKGWIBRa0kCfgVZblIi
      W6zYjxwWLsy8It032Pj9h9tPuASpnA/wA77PXoUePXaUCCCGTplIlu/6
      -----END PRIVATE KEY-----
      """)
}
