import CloudSimulator
import HTTPTypes
import Testing

@Suite("Invitations")
struct InvitationTests {
  private let simulator = Simulator.fixed(data: .demo)
  private let path = "/cloud/5/invitation"

  private func invite(_ email: String, redirect: String = "https://platform.bimdata.io") async -> Exchange {
    await simulator.exchange(.post, path, "{\"email\":\"\(email)\",\"redirect_uri\":\"\(redirect)\"}")
  }

  @Test func anInvitationIsPendingAndOneEMailIsSent() async {
    let invited = await invite("pm@gabarit.example")
    #expect(invited.status == 201)
    #expect(
      invited.text.hasSuffix(
        #""email":"pm@gabarit.example","redirect_uri":"https://platform.bimdata.io","role":100}"#))
    #expect(await simulator.exchange(.get, path).text == "[\(invited.text)]")
    #expect(await simulator.emailsSent(to: "pm@gabarit.example", in: 5) == 1)
    #expect(await simulator.emailsSent(to: "pm@gabarit.example", in: 6) == 0)
  }

  @Test func invitingAgainSendsAnotherEMailAndMakesNoSecondInvitation() async {
    let first = await invite("pm@gabarit.example")
    let second = await invite("PM@Gabarit.example", redirect: "https://elsewhere.example")
    #expect(second.status == 201)
    #expect(second.text == first.text)
    #expect(await simulator.exchange(.get, path).text == "[\(first.text)]")
    #expect(await simulator.emailsSent(to: "pm@gabarit.example", in: 5) == 2)
  }

  @Test func invitingAMemberIsRefusedAndSendsNothing() async {
    let answer = await invite("Orjan@facade.example")
    #expect(answer.status == 400)
    #expect(answer.text == #"{"already_exists":"This user is already a member of Lot B – façade."}"#)
    #expect(await simulator.exchange(.get, path).text == "[]")
    #expect(await simulator.emailsSent(to: "orjan@facade.example", in: 5) == 0)
  }

  @Test func aRemovedUserCanBeInvitedAgain() async {
    _ = await simulator.exchange(.delete, "/cloud/5/user/103")
    #expect(await invite("orjan@facade.example").status == 201)
  }

  @Test(arguments: [
    "plain", "@example.org", "a@", "a@b", "a b@example.org", "a@exa mple.org", "a@-x.org", "a@x-.org", "a@.org",
    "a@x..org",
    "a..b@x.org", ".a@x.org", "a.@x.org", "a@x.o", "a@x.org,b@x.org", "é@x.org", "a@b@",
  ])
  func anAddressThatIsNoneIsRefused(email: String) async {
    let answer = await invite(email)
    #expect(answer.status == 400)
    #expect(answer.text == #"{"email":["Enter a valid email address."]}"#)
  }

  @Test(arguments: [
    "a@x.org", "first.last+tag@sub.example.org", "o'neil@x-y.museum", "a@bücher.example", "a@localhost",
  ])
  func anAddressThatIsOneIsTaken(email: String) async {
    #expect(await invite(email).status == 201)
  }

  @Test func allThatIsWrongIsSaidAtOnce() async {
    #expect(
      await simulator.exchange(.post, path, "{}").text
        == #"{"email":["This field is required."],"redirect_uri":["This field is required."]}"#)
    let long = String(repeating: "x", count: 257)
    #expect(
      await simulator.exchange(.post, path, "{\"email\":\"\(long)\",\"redirect_uri\":\"\(long)\(long)\"}").text
        == """
        {"email":["Ensure this field has no more than 256 characters.","Enter a valid email address."],\
        "redirect_uri":["Ensure this field has no more than 512 characters."]}
        """)
    #expect(await invite("a@x.org", redirect: "").text == #"{"redirect_uri":["This field may not be blank."]}"#)
  }

  @Test func aCancelledInvitationIsGone() async {
    #expect(await simulator.exchange(.delete, "/cloud/3/invitation/32").status == 204)
    let left = await simulator.exchange(.get, "/cloud/3/invitation").text
    #expect(left.contains("new.admin@example.org"))
    #expect(!left.contains("pm@gabarit.example"))
    #expect(await simulator.exchange(.delete, "/cloud/3/invitation/32").status == 404)
    #expect(await simulator.exchange(.delete, "/cloud/5/invitation/31").status == 404)
  }
}
