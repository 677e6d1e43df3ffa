import CloudAPI
import CloudChanges
import CloudViewModels

/// A record that commands list.
typealias ListedRecord = ServiceRecord & TableRecord & ListRecord
