using System.Net;

namespace WixInbox.Sandbox;

/// <summary>Why a filter of contacts is refused.</summary>
/// <param name="Code">The code that v4 documents for it.</param>
/// <param name="Field">The field at fault; empty for the filter itself.</param>
/// <param name="Description">What is wrong.</param>
internal sealed record FilterRefusal(string Code, string Field, string Description)
{
    /// <summary>v4: an application error with one of its documented codes.</summary>
    public Answer ToAnswerV4() => ErrorAnswers.Application((int)HttpStatusCode.BadRequest, Code, Description);

    /// <summary>
    /// v5: a field violation without a rule, as Wix itself has noted of a field that it does not filter by. Our choice
    /// for all other faults, too.
    /// </summary>
    public Answer ToAnswerV5()
    {
        var violations = new Violations();
        violations.Add(Field.Length == 0 ? "query.filter" : "query.filter." + Field, null, Description);
        return ErrorAnswers.Invalid(violations);
    }
}
