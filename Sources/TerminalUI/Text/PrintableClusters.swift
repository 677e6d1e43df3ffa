import TextSafety

/// Text in the form that may be sent to a terminal: a lazy sequence of clusters, each with its number of columns.
///
/// What ncurses draws for a cluster must be what is counted here: `setcchar` takes one scalar with a width and at most
/// four without. So a grapheme cluster is split before each further scalar that has a width (Indic vowel signs), and
///
/// - a control becomes its picture (`␛` for Esc), one column;
/// - C1 controls, line separators, bidirectional overrides and isolates, zero-width and other invisible characters,
///   tags and stray combining marks become U+FFFD, one for each run of them in a cluster;
/// - a non-joiner after an Arabic letter is removed, because each letter has its own cell;
/// - an emoji sequence keeps its first emoji: joiners, skin tones and variation selectors are removed, with what they
///   join;
/// - a flag becomes its two letters, because terminals disagree about its width;
/// - of a stack of combining marks the first four are kept;
/// - a scalar without a width in the C library becomes U+FFFD; lines and bars become equivalent ASCII.
struct PrintableClusters: Sequence {
  let text: Substring
  let textWidth: TextWidth

  struct Cluster {
    var text: CellText
    var columns: Int
  }

  struct Iterator: IteratorProtocol {
    fileprivate var characters: Substring.Iterator
    fileprivate let textWidth: TextWidth
    /// The remaining clusters of the current character, in reverse order.
    fileprivate var pending: [Cluster] = []

    mutating func next() -> Cluster? {
      if let cluster = pending.popLast() { return cluster }
      guard let character = characters.next() else { return nil }
      let scalars = character.unicodeScalars
      if scalars.count == 1, let scalar = scalars.first {
        return textWidth.cluster(of: scalar)
      }
      pending = textWidth.clusters(of: scalars).reversed()
      return pending.popLast()
    }
  }

  func makeIterator() -> Iterator {
    Iterator(characters: text.makeIterator(), textWidth: textWidth)
  }
}

extension TextWidth {
  fileprivate typealias Cluster = PrintableClusters.Cluster

  private static let marksPerCluster = 4

  /// The cluster of a single scalar.
  fileprivate func cluster(of scalar: Unicode.Scalar) -> Cluster {
    if (0x20..<0x7F).contains(scalar.value) { return Cluster(text: CellText(scalar), columns: 1) }
    if let picture = scalar.controlPicture, columns(of: picture) == 1 {
      return Cluster(text: CellText(picture), columns: 1)
    }
    if let letter = scalar.flagLetter { return Cluster(text: CellText(letter), columns: 1) }
    let columns = columns(of: scalar)
    if let substitute = columns < 0 ? SignSet.ascii(scalar) : signs.substitute(for: scalar) {
      return Cluster(text: CellText(substitute.unicodeScalars), columns: 1)
    }
    guard columns > 0, !scalar.isHarmful else { return Cluster(text: replacement, columns: 1) }
    return Cluster(text: CellText(scalar), columns: columns)
  }

  /// The clusters of a grapheme cluster with several scalars.
  fileprivate func clusters(of scalars: Character.UnicodeScalarView) -> [Cluster] {
    var clusters: [Cluster] = []
    var marks = 0
    var hidesSomething = false
    /// The scalar that started the last cluster, if marks can be added to it.
    var base: Unicode.Scalar?
    for scalar in scalars {
      if let base, scalar.belongsToEmoji(startingWith: base) {
        // The scalars after a joiner belong to the same picture in terminals that support it, and are not drawn by
        // ncurses.
        if scalar.value == 0x200D { break }
        continue
      }
      if let base, scalar.choosesGlyph(of: base) || scalar.parts(base) { continue }
      let isMark = base != nil && columns(of: scalar) == 0 && !scalar.isHarmful
      if isMark {
        if marks < Self.marksPerCluster { clusters[clusters.count - 1].text.append(scalar) }
        marks += 1
        continue
      }
      let cluster = cluster(of: scalar)
      let isReplaced = cluster.text == replacement
      if !(isReplaced && hidesSomething) { clusters.append(cluster) }
      hidesSomething = hidesSomething || isReplaced
      base = isReplaced || scalar.controlPicture != nil ? base : scalar
      marks = isReplaced ? Self.marksPerCluster : 0
    }
    return clusters
  }
}

extension Unicode.Scalar {
  /// The character that depicts a C0 control or Delete.
  var controlPicture: Unicode.Scalar? {
    if value < 0x20 { return Unicode.Scalar(0x2400 + value) }
    return value == 0x7F ? "\u{2421}" : nil
  }

  /// The letter of a regional indicator; two of them are a flag.
  fileprivate var flagLetter: Unicode.Scalar? {
    guard (0x1F1E6...0x1F1FF).contains(value) else { return nil }
    return Unicode.Scalar(value - 0x1F1E6 + 0x41)
  }
}
