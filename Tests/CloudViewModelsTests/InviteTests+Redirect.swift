import CloudAPI
import CloudChanges
import CloudSimulator
import CloudTestSupport
import CloudViewModels
import FoundationEssentials
import HTTPTypes
import Testing

// The page that opens after an invitation was accepted.
extension InviteTests {
  @Test func anInvitationThatLeadsElsewhereDoesNotPassForTheLostOne() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    // Another user invites the same address after the list was read.
    _ = try await test.client.inviteCloudUser(
      3, CloudInvitationDraft(email: "a@x.example", redirectURI: "https://elsewhere.example"))
    await test.fail(.post, "/cloud/3/invitation", with: .connectionLost(carriedOut: false))
    form.submit()
    await test.idle()
    await test.settleDoubts()
    #expect(test.context.notices.current?.kind == .unknown)
    #expect(test.context.notices.current?.text.hasSuffix("it may be someone else's.") == true)
  }

  @Test func theRedirectAddressIsTheSettingsThenTheOneUsedLast() async throws {
    var settings = Workspace.Settings.immediate
    settings.redirectURI = "https://platform.example"
    let test = try await WorkspaceUnderTest(settings: settings)
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    #expect(form.values["redirect_uri"]?.text == "https://platform.example")
    form.set(.text("https://other.example/cloud/3"), for: "redirect_uri")
    form.submit()
    await test.idle()
    #expect(
      test.transport.writes == [
        "POST /cloud/3/invitation {\"email\":\"a@x.example\",\"redirect_uri\":\"https://other.example/cloud/3\"}"
      ])
    #expect(test.workspace.inviteForm()?.values["redirect_uri"]?.text == "https://other.example/cloud/3")
  }

  @Test func theLastRedirectAddressLeadsToTheCloudThatPeopleAreInvitedToNow() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let first = try form(test, "a@x.example")
    #expect(first.values["redirect_uri"]?.text == "https://platform.bimdata.io/cloud/3")
    first.submit()
    await test.idle()
    test.workspace.clouds.select(4)
    await test.idle()
    let second = try form(test, "b@x.example")
    #expect(second.values["redirect_uri"]?.text == "https://platform.bimdata.io/cloud/4")
    #expect(second.remarks["redirect_uri"] == "cloud 3 in it became 4, this cloud")
    second.submit()
    await test.idle()
    #expect(test.transport.writes.last?.contains("https://platform.bimdata.io/cloud/4") == true)
    second.leave()
    test.workspace.clouds.select(5)
    await test.idle()
    #expect(
      test.workspace.inviteForm()?.values["redirect_uri"]?.text == "https://platform.bimdata.io/cloud/5")
  }

  @Test func aPendingInvitationThatLeadsToAnotherCloudIsNoExample() async throws {
    let test = try await WorkspaceUnderTest()
    _ = try await test.client.inviteCloudUser(
      5, CloudInvitationDraft(email: "a@x.example", redirectURI: "https://x.example/cloud/3"))
    await test.start(at: 5)
    #expect(try form(test, "b@x.example").values["redirect_uri"]?.text == "https://x.example/cloud/5")
  }

  @Test func thePlaceholderIsTakenInTheFormToo() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    form.set(.text("https://x.example/{cloud}"), for: "redirect_uri")
    #expect(form.remarks["redirect_uri"] == "{cloud} becomes 3")
    form.submit()
    await test.idle()
    #expect(test.workspace.invitations.selectedRecord?.redirectURI == "https://x.example/3")
  }

  @Test func aRedirectThatNoBrowserOpensIsRemarkedAndSentAllTheSame() async throws {
    let test = try await WorkspaceUnderTest()
    await test.start(at: 3)
    let form = try form(test, "a@x.example")
    form.set(.text("app://x"), for: "redirect_uri")
    #expect(form.remarks["redirect_uri"]?.contains("https://") == true)
    form.submit()
    await test.idle()
    #expect(form.phase == .done)
    #expect(test.workspace.invitations.selectedRecord?.redirectURI == "app://x")
  }
}
