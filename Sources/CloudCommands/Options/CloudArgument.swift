import ArgumentParser
import CloudAPI
import CloudViewModels

/// The cloud that a command is about.
struct CloudArgument: ParsableArguments {
  @Argument(help: "The cloud's id.")
  var cloud: IDArgument

  var id: Cloud.ID { Cloud.ID(rawValue: cloud.text) }
}
