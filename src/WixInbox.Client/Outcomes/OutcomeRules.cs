using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WixInbox.Http;

namespace WixInbox.Outcomes;

/// <summary>
/// Decides what became of a request by what the server can have seen of it: not by its method, and not by the name of
/// an exception.
/// </summary>
internal static class OutcomeRules
{
    /// <summary>Tells what an attempt means.</summary>
    public static OutcomeKind Classify(Attempt attempt) => attempt.Status switch
    {
        0 => attempt.BodyStarted ? OutcomeKind.Ambiguous : OutcomeKind.NotSent,
        200 when attempt.Body is not null => OutcomeKind.Succeeded,

        // Another 2xx, or a 200 that broke off, says that it was done, and brings nothing that could be given back.
        >= 200 and < 300 => OutcomeKind.Ambiguous,

        // The server says that it did not take the request up.
        408 or 425 or 429 => OutcomeKind.NotSent,
        Attempt.ProxySignIn => OutcomeKind.NotSent,
        503 when attempt.RetryAfter is not null => OutcomeKind.NotSent,

        // Redirects are not followed. 501: the server has no such call.
        < 500 or 501 => OutcomeKind.Rejected,

        // The server failed at some point, perhaps after it had stored the message.
        _ => OutcomeKind.Ambiguous,
    };

    /// <summary>Reads an answer that says the request was done.</summary>
    /// <returns>The answer, or null if it cannot be read.</returns>
    public static T? Read<T>(Attempt attempt, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(attempt.Body.AsSpan(), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells why an attempt failed.</summary>
    public static Failure Explain(Attempt attempt, Operation operation, int succeededBefore = 0)
    {
        if (attempt.Status == 0)
        {
            return new Failure
            {
                Operation = operation,
                Cause = attempt.TimedOut ? FailureCause.Timeout : FailureCause.Connection,
                Message = attempt.TimedOut ? "No answer came in time." : Reason(attempt.Exception),
                Exception = attempt.Exception,
            };
        }

        if (attempt.Status == Attempt.ProxySignIn)
        {
            // Its body is a page for a browser, and is not shown.
            return new Failure
            {
                Operation = operation,
                Cause = FailureCause.Proxy,
                StatusCode = attempt.Status,
                Exception = attempt.Exception,
            };
        }

        var error = attempt.Error;
        var unreadable = attempt.Status is >= 200 and < 300;
        return new Failure
        {
            Operation = operation,
            Cause = unreadable ? FailureCause.UnreadableResponse : FailureCause.Status,
            StatusCode = attempt.Status,
            Code = error.Code,
            Message = Message(attempt, unreadable),
            Violations = error.Violations,
            RetryAfter = attempt.RetryAfter,
            SucceededBefore = succeededBefore,
            Exception = attempt.Exception,
        };
    }

    private static string Message(Attempt attempt, bool unreadable)
    {
        if (unreadable)
        {
            return attempt.Body is null ? "The answer broke off." : "The answer cannot be read.";
        }

        if (attempt.Status is >= 300 and < 400)
        {
            return $"The server redirects to {attempt.Location ?? "another place"}. "
                + "Redirects are not followed, so that no message goes to another host.";
        }

        if (!attempt.Error.IsJson && attempt.Body is { Length: > 0 })
        {
            return string.Format(
                CultureInfo.InvariantCulture,
                "The answer is not one of Wix's ({0:N0} bytes that are not JSON). A proxy may have given it.",
                attempt.Body.Length);
        }

        return attempt.Error.Message;
    }

    // The innermost exception says what broke. Where an outer one repeats that and adds the host, it says more.
    private static string Reason(Exception? exception)
    {
        var innermost = exception?.GetBaseException();
        return innermost switch
        {
            null => string.Empty,
            AuthenticationException => "The secure connection (TLS) could not be made: " + innermost.Message,
            _ when exception!.Message.Contains(innermost.Message) => exception.Message,
            _ => innermost.Message,
        };
    }
}
