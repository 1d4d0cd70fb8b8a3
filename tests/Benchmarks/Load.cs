using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace ImovoSim.Tests;

/// <summary>What a run of load measured: answers a second, and the times of single answers.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="Median">The time that half of the answers were within.</param>
/// <param name="P99">The time that all but one in a hundred were within.</param>
/// <param name="Answers">How many there were.</param>
/// <param name="Processor">The server's own work for an answer, which does not depend on what else the machine does.</param>
internal sealed record Measured(double Rate, TimeSpan Median, TimeSpan P99, long Answers, TimeSpan Processor = default);

/// <summary>
/// Sends one request over and over on a number of connections, each waiting for its answer before it sends again. One
/// thread and the kernel's own epoll: a load that needs as much of its processor as the server of its own measures itself.
/// It looks for answers again and again and sleeps only where none comes: to wake whoever sleeps costs the server four
/// microseconds an answer, and the slower one more often, which no caller on another machine would have cost it.
/// </summary>
internal static partial class Load
{
    private const int EpollAdd = 1;
    private const uint Readable = 1;
    private const int OnlyWhenIdle = 5;

    // Longer than from one answer to the next.
    private static readonly TimeSpan Patience = TimeSpan.FromMicroseconds(100);

    public static Measured Run(Uri address, string pathAndQuery, string key, int connections, TimeSpan length, long mostAnswers = long.MaxValue)
    {
        Measured? measured = null;
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                // A database has this processor whenever it wants it, however busily the load looks for answers.
                Check(sched_setscheduler(0, OnlyWhenIdle, 0));
                measured = RunHere(address, pathAndQuery, key, connections, length, mostAnswers);
            }
            catch (Exception e)
            {
                failed = e;
            }
        });
        thread.Start();
        thread.Join();
        return measured ?? throw new InvalidOperationException(failed!.Message, failed);
    }

    private static Measured RunHere(Uri address, string pathAndQuery, string key, int connections, TimeSpan length, long mostAnswers)
    {
        var request = Encoding.ASCII.GetBytes($"POST {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nX-API-KEY: {key}\r\nContent-Length: 0\r\n\r\n");
        var sockets = Enumerable.Range(0, connections).Select(_ => Connect(address)).ToArray();
        var (sent, buffer, times) = (new long[connections], new byte[8192], new List<long>(1 << 20));
        var poll = epoll_create1(0);
        var events = new Event[connections];
        for (var i = 0; i < connections; i++)
        {
            var added = new Event { Events = Readable, Data = i };
            Check(epoll_ctl(poll, EpollAdd, (int)sockets[i].Handle, ref added));
        }

        var began = Stopwatch.GetTimestamp();
        long asked = 0, waiting = 0;
        for (var i = 0; i < connections; i++, asked++, waiting++)
            Send(sockets[i], request, out sent[i]);
        while (waiting > 0)
        {
            var ready = Wait(poll, events);
            for (var at = 0; at < ready; at++)
            {
                var i = (int)events[at].Data;
                ReadAnswer(sockets[i], buffer);
                times.Add(Stopwatch.GetTimestamp() - sent[i]);
                if (asked < mostAnswers && Stopwatch.GetElapsedTime(began) < length)
                    (_, asked) = (Send(sockets[i], request, out sent[i]), asked + 1);
                else
                    waiting--;
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(began);
        foreach (var socket in sockets)
            socket.Dispose();
        _ = close(poll);
        times.Sort();
        return new Measured(times.Count / elapsed.TotalSeconds, At(times, 0.50), At(times, 0.99), times.Count);
    }

    private static int Wait(int poll, Event[] events)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience)
        {
            if (epoll_wait(poll, events, events.Length, 0) is not 0 and var ready)
                return ready;
        }

        return epoll_wait(poll, events, events.Length, -1);
    }

    private static Socket Connect(Uri address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, address.Port));
        return socket;
    }

    private static bool Send(Socket socket, byte[] request, out long at)
    {
        at = Stopwatch.GetTimestamp();
        return send((int)socket.Handle, request, request.Length, 0) == request.Length ? true : throw new InvalidOperationException("a request could not be sent");
    }

    private static TimeSpan At(List<long> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, sorted[(int)(sorted.Count * share)]);

    private static void ReadAnswer(Socket socket, byte[] buffer)
    {
        var (end, expected) = (0, int.MaxValue);
        while (end < expected)
        {
            var read = (int)recv((int)socket.Handle, ref buffer[end], buffer.Length - end, 0);
            if (read <= 0)
                throw new InvalidOperationException("the server closed the connection");
            end += read;
            if (expected == int.MaxValue)
                expected = Length(buffer.AsSpan(0, end));
        }
    }

    private static int Length(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return int.MaxValue;
        if (!answer.StartsWith("HTTP/1.1 200"u8) || answer.IndexOf("\"successfulRequest\":false"u8) >= 0)
            throw new InvalidOperationException($"the server answered {Encoding.UTF8.GetString(answer)}");
        if (LengthGiven(answer[..(head + 2)]) is { } length)
            return head + 4 + length;
        // In chunks: the last one is empty.
        return answer.EndsWith("\r\n0\r\n\r\n"u8) ? answer.Length : int.MaxValue;
    }

    // Those who are no Kestrel spell it as they like.
    private static int? LengthGiven(ReadOnlySpan<byte> head)
    {
        var name = head.IndexOf("Content-Length: "u8);
        name = name < 0 ? head.IndexOf("content-length: "u8) : name;
        if (name < 0)
            return null;
        var digits = head[(name + "Content-Length: ".Length)..];
        return int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }

    private static void Check(int result)
    {
        if (result < 0)
            throw new InvalidOperationException($"the load cannot be run: error {Marshal.GetLastPInvokeError()}");
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public long Data;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int poll, int operation, int socket, ref Event added);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int poll, [In, Out] Event[] events, int most, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int socket, byte[] bytes, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int socket, ref byte into, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int poll);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sched_setscheduler(int thread, int policy, in int priority);
}
