import CloudAPI
import Testing

@testable import CloudViewModels

/// Redirect addresses must never lead to the page of another cloud.
@Suite struct RedirectAddressTests {
  @Test(arguments: [
    ("https://x.example/cloud/3", "https://x.example/cloud/4"),
    ("https://x.example/cloud/3/", "https://x.example/cloud/4/"),
    ("https://x.example/Spaces/3/projects?tab=3#3", "https://x.example/Spaces/4/projects?tab=3#3"),
    ("https://x.example/3", "https://x.example/4"), ("https://x.example/3/start", "https://x.example/4/start"),
    ("app://cloud/3", "app://cloud/4"), ("/cloud/3", "/cloud/4"),
    // Host, port, user, query and fragment are not part of the path.
    ("https://3.example:3/", nil), ("https://3@x.example", nil), ("https://3", nil),
    ("https://x.example/?cloud=3&next=/cloud/3", nil), ("https://x.example/#3", nil),
    ("https://x.example#cloud/3", nil),
    // An exception: the route of a single-page application.
    ("https://x.example/#/cloud/3", "https://x.example/#/cloud/4"),
    ("https://x.example/app#!/spaces/3?tab=3", "https://x.example/app#!/spaces/4?tab=3"),
    // A part of a segment doesn't count.
    ("https://x.example/cloud/33", nil), ("https://x.example/v3/cloud-3/a3", nil), ("https://x.example/3.html", nil),
    // The segment after a name counts, even if the number occurs elsewhere, too.
    ("https://x.example/3/cloud/3", "https://x.example/3/cloud/4"),
    ("https://x.example/cloud/3/3", "https://x.example/cloud/4/3"),
    ("https://x.example/3/room/3", "https://x.example/4/room/4"), ("https://x.example//3//", "https://x.example//4//"),
    ("https://x.example/cloud/%33", "https://x.example/cloud/4"),
    ("https://x.example/é\u{301}/3\u{301}/3", "https://x.example/é\u{301}/3\u{301}/4"), ("", nil), ("3://", nil),
  ])
  func theLastCloudsIdBecomesThisOnes(address: String, moved: String?) {
    let redirect = RedirectAddress(address, from: 3, leadingTo: 4)
    #expect(redirect.text == moved ?? address)
    #expect(redirect.replacedID == (moved == nil ? nil : "3"))
  }

  @Test func whatWasChosenForACloudStaysForIt() {
    let address = "https://x.example/cloud/3"
    #expect(RedirectAddress(address, from: 4, leadingTo: 4).text == address)
  }

  @Test(arguments: [
    ("https://x.example/cloud/3", "https://x.example/cloud/40"),
    // A number after "cloud" is a cloud's id, even if it is not in the list.
    ("https://x.example/cloud/99", "https://x.example/cloud/40"),
    ("https://x.example/99", nil), ("https://x.example/3", "https://x.example/40"),
    ("https://x.example/cloud/new", nil), ("https://x.example/cloud", nil), ("https://x.example/cloud/40", nil),
    // Nothing tells which of them is the cloud's id.
    ("https://x.example/2/3", nil), ("https://x.example/40/3", nil), ("https://x.example/spaces/2/cloud/3", nil),
    ("https://x.example/cloud/{cloud}?to={cloud}", "https://x.example/cloud/40?to=40"),
    ("https://{cloud}.x.example/{cloud}", "https://40.x.example/40"),
  ])
  func theSettingLeadsToTheCloud(setting: String, moved: String?) {
    let redirect = RedirectAddress(setting, leadingTo: 40) { [2, 3, 40].contains($0) }
    #expect(redirect.text == moved ?? setting)
  }

  @Test func anIdThatIsTextIsFoundAndEscaped() {
    let other = Cloud.ID(rawValue: "halle/ost")
    let cloud = Cloud.ID(rawValue: "müllerstraße 3?")
    let redirect = RedirectAddress("https://x.example/cloud/halle%2Fost/a", leadingTo: cloud) { $0 == other }
    #expect(redirect.text == "https://x.example/cloud/m%C3%BCllerstra%C3%9Fe%203%3F/a")
    #expect(redirect.replacedID == "halle/ost")
    #expect(RedirectAddress("https://x.example/{cloud}", for: other).text == "https://x.example/halle%2Fost")
  }
}
