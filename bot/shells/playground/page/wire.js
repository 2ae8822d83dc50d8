// Talks to the playground's server: what people do goes there, what happens comes back.

export async function act(name, asked) {
  const answer = await fetch(`/do/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

export async function inspect(chat, message) {
  const answer = await fetch(`/inspect/${chat}/${message}`);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

export function listen(tell, lost) {
  const events = new EventSource("/events");
  events.onmessage = (event) => tell(JSON.parse(event.data));
  events.onerror = lost; // the browser tries again by itself
}
