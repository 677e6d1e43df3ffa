import CloudChanges
import CloudViewModels
import TerminalUI

extension FormLayer {
  /// The form as a screen reader says it.
  var speech: DialogSpeech {
    var speech = DialogSpeech()
    if let waiting { speech.remarks.append(DialogSpeech.Remark(waiting, occasion: attempts)) }
    if !form.definition.preface.isEmpty { speech.remarks.append(DialogSpeech.Remark(form.definition.preface)) }
    speech.remarks += form.outcomes.map { DialogSpeech.Remark($0) }
    for field in form.fields {
      guard let problem = form.problems[field.id] else { continue }
      speech.remarks.append(DialogSpeech.Remark("\(field.label): \(problem)", occasion: attempts))
    }
    if let problem = form.problem { speech.remarks.append(DialogSpeech.Remark(problem, occasion: attempts)) }
    if mayDiscard {
      speech.remarks.append(DialogSpeech.Remark(Self.question))
    } else if let question = form.question {
      speech.remarks.append(DialogSpeech.Remark("\(question) \(Self.sendAgainQuestion)", occasion: attempts))
    } else {
      speech.focus = focusSpeech
    }
    return speech
  }

  private var focusSpeech: DialogSpeech.Focus {
    let value = form.values[field.id]
    let hint = field.placeholder.isEmpty || form.values.line(field.id).isEmpty ? field.hint : ""
    let remark = form.problems[field.id] ?? form.remarks[field.id] ?? hint
    var focus = DialogSpeech.Focus(id: field.id, text: field.label, remark: remark)
    switch field.kind {
    case .line:
      let text = editor(of: field)?.text ?? ""
      let placeholder = text.isEmpty && !field.placeholder.isEmpty ? "empty, proposed: \(field.placeholder)" : text
      focus.text = [field.label, placeholder].filter { !$0.isEmpty }.joined(separator: " ")
      focus.isTyped = true
    case .secret:
      let count = editor(of: field)?.text.count ?? 0
      focus.text = "\(field.label)\(count > 0 ? ", \(Count.text(count, "character", "characters"))" : "")"
      focus.isTyped = true
    case .choice(let choices):
      guard let index = choices.firstIndex(where: { $0.id == value?.text }) else { break }
      focus.text = "\(field.label) \(choices[index].title), \(index + 1) of \(choices.count)"
    case .picks(let choices):
      let cursor = cursors[field.id] ?? 0
      guard choices.indices.contains(cursor) else { break }
      let state = value?.picks.contains(choices[cursor].id) == true ? "picked" : "not picked"
      focus.id += ".\(cursor)"
      focus.text = "\(field.label) \(choices[cursor].title), \(state), \(cursor + 1) of \(choices.count)"
    }
    return focus
  }
}
