import CloudViewModels

/// What stands above a column, and how it is set.
struct ColumnHeading {
  /// In CSV and TSV.
  let id: String
  /// In tables.
  let title: String
  let kind: ColumnKind
  /// Columns leave a narrow terminal in this order, the lowest first; 0 never leaves.
  let leaves: Int
}

extension OutputColumn {
  var heading: ColumnHeading { ColumnHeading(id: id, title: title, kind: kind, leaves: leaves) }
}
